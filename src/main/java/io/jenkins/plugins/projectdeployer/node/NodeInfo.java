package io.jenkins.plugins.projectdeployer.node;

/**
 * What a node says of itself.
 *
 * @param nodeId its own id; null when it does not say
 * @param nodeName as people named it; the id where it has no name
 * @param nodeType {@code DESIGN}, {@code AUTOMATION}, {@code DEPLOYER}
 * @param version of DSS; null when the node does not say
 */
public record NodeInfo(String nodeId, String nodeName, String nodeType, String version) {

    public NodeInfo {
        nodeId = nodeId == null || nodeId.isBlank() ? null : nodeId;
    }

    /** Whether projects can be deployed to it. */
    public boolean isAutomation() {
        return "AUTOMATION".equals(nodeType);
    }

    /** Whether bundles can be exported from it. */
    public boolean isDesign() {
        return "DESIGN".equals(nodeType);
    }
}
