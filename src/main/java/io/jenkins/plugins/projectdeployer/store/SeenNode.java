package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What a node has said that it is.
 *
 * @param infrastructure id of the one whose plan asked
 * @param url where it was asked
 * @param nodeId what it said
 */
public record SeenNode(String infrastructure, String url, String nodeId) {

    /** What the node at this address of an infrastructure said that it is; empty before the first plan that asked it. */
    public static Optional<String> at(List<SeenNode> seen, String infrastructure, String url) {
        return seen.stream()
                .filter(node -> node.infrastructure().equalsIgnoreCase(infrastructure) && node.url().equals(url))
                .map(SeenNode::nodeId)
                .findFirst();
    }

    static List<SeenNode> of(Plan plan) {
        return plan.nodes().stream()
                .filter(node -> node.nodeId() != null)
                .map(node -> new SeenNode(plan.infrastructure().id(), node.address().url(), node.nodeId()))
                .toList();
    }
}
