package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.model.ResourceGrants;

/**
 * A connection of a node, without its parameters: those can hold secrets and are dropped as soon as they are read.
 *
 * @param type such as {@code PostgreSQL}
 * @param grants who may use it
 * @param allowWrite whether projects may write there
 */
public record NodeConnection(String name, String type, ResourceGrants grants, boolean allowWrite) {}
