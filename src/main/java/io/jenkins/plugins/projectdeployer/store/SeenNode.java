package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Plan;
import java.util.List;

/**
 * What a node has said that it is.
 *
 * @param infrastructure id of the one whose plan asked
 * @param url where it was asked
 * @param nodeId what it said
 */
public record SeenNode(String infrastructure, String url, String nodeId) {

    static List<SeenNode> of(Plan plan) {
        return plan.nodes().stream()
                .filter(node -> node.nodeId() != null)
                .map(node -> new SeenNode(plan.infrastructure().id(), node.address().url(), node.nodeId()))
                .toList();
    }
}
