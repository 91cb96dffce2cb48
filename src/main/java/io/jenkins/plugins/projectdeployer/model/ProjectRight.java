package io.jenkins.plugins.projectdeployer.model;

/**
 * A right on a published project. {@link #ADMIN} implies all; {@link #WRITE} and {@link #DEPLOY} imply {@link #READ} but
 * not each other.
 */
public enum ProjectRight {
    /** See the project, its bundles and its deployments. */
    READ,
    /** Publish bundles. */
    WRITE,
    /** Create and update deployments from its bundles. */
    DEPLOY,
    /** Change grants and delete bundles. */
    ADMIN;

    /** Whether whoever holds this right holds {@code other} too. */
    public boolean implies(ProjectRight other) {
        return this == other || this == ADMIN || other == READ;
    }
}
