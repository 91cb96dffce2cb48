package io.jenkins.plugins.projectdeployer.embedded;

/** What {@code /instance-info} calls a node. */
public enum NodeType {
    DESIGN,
    AUTOMATION,
    DEPLOYER
}
