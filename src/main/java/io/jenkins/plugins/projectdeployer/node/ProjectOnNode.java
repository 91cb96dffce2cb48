package io.jenkins.plugins.projectdeployer.node;

/**
 * A project as a node lists it.
 *
 * @param key project key
 * @param name as people see it
 * @param owner login; null when the node does not say
 * @param activeBundle id of the active bundle; null where none was ever activated
 */
public record ProjectOnNode(String key, String name, String owner, String activeBundle) {}
