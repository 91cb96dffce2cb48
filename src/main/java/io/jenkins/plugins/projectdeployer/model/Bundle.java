package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;

/**
 * A bundle that is on the controller.
 *
 * @param projectKey the published project it belongs to
 * @param bundleId unique within the project; data, never part of a path
 * @param sha256 digest of the archive, lower-case hex; also the name of its file
 * @param size bytes
 * @param publishedBy Jenkins user id
 * @param publishedAt when it was complete on disk
 * @param origin where it came from, for people: a design node's id or a file name
 * @param releaseNotes may be null
 * @param contents what its manifest says
 */
public record Bundle(
        String projectKey,
        String bundleId,
        String sha256,
        long size,
        String publishedBy,
        Instant publishedAt,
        String origin,
        String releaseNotes,
        BundleContents contents) {}
