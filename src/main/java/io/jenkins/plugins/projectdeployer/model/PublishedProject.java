package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;
import java.util.List;

/**
 * A collection of bundles, normally of one design project, with rights of its own (facts A2.7, A1.8).
 *
 * @param key the design project's key
 * @param createdBy Jenkins user id of whoever published it first
 * @param createdAt when
 * @param grants who may do what; nobody else knows that it exists
 */
public record PublishedProject(String key, String createdBy, Instant createdAt, List<Grant<ProjectRight>> grants) {

    public PublishedProject {
        grants = Text.list(grants);
    }
}
