package io.jenkins.plugins.projectdeployer.model;

/** A design node that bundles are exported from; {@code node} says where it is. */
public record DesignNode(String id, NodeAddress node) {

    public DesignNode {
        id = Text.trimmed(id);
    }
}
