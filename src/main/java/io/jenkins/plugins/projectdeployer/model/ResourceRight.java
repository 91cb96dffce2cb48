package io.jenkins.plugins.projectdeployer.model;

/**
 * A right on what projects and hooks use: a code env, a managed cluster, a containerized execution configuration. Source:
 * seed "Per-Resource Group Permissions".
 */
public enum ResourceRight {
    /** Use it; of a containerized execution configuration there is no other right. */
    USE,
    /** Change a code env's settings and packages; change a cluster's settings and operate it. */
    UPDATE,
    /** Full control. */
    ADMIN;

    /** Whether whoever holds this right holds {@code other} too. */
    public boolean implies(ResourceRight other) {
        return compareTo(other) >= 0;
    }
}
