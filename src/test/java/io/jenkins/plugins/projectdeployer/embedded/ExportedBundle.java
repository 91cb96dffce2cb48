package io.jenkins.plugins.projectdeployer.embedded;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A bundle made on a design node.
 *
 * @param bundleId its id
 * @param archive the zip on disk
 * @param releaseNotes notes given at export; may be null
 * @param exportedBy who made it
 * @param exportedOn when
 */
public record ExportedBundle(String bundleId, Path archive, String releaseNotes, String exportedBy, Instant exportedOn) {}
