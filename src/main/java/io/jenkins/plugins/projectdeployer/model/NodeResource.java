package io.jenkins.plugins.projectdeployer.model;

/**
 * A code env, cluster or containerized execution configuration on a node.
 *
 * @param kind what it is
 * @param name its name, or a cluster's id; two code envs of different languages may have the same
 * @param language of a code env, {@code PYTHON} or {@code R}; null for others
 * @param grants who may do what with it there, in the names of the node
 */
public record NodeResource(ResourceKind kind, String name, String language, ResourceGrants grants) {

    /** One of a kind in which names are unique. */
    public NodeResource(ResourceKind kind, String name, ResourceGrants grants) {
        this(kind, name, null, grants);
    }
}
