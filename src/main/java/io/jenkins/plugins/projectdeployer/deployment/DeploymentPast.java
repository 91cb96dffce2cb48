package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What earlier updates of a deployment have done, node by node, as far as a plan depends on it. A node is known by what it
 * calls itself, and by its URL only where it does not say: behind the same URL there may be another node tomorrow.
 *
 * @param owned nodes on which the project is the deployment's own: a bundle arrived there, or it was adopted there
 * @param secured whether an update has set owner and permissions
 * @param sentDigests SHA-256 of the bundles that have arrived from here, by node
 */
record DeploymentPast(Set<String> owned, boolean secured, Map<String, Set<String>> sentDigests) {

    /** A deployment that has not been tried yet. */
    static final DeploymentPast NONE = new DeploymentPast(Set.of(), false, Map.of());

    DeploymentPast {
        owned = Set.copyOf(owned);
        sentDigests = sentDigests.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, node -> Set.copyOf(node.getValue())));
    }

    /** Whether an update that ended was this deployment's, and not that of a deleted one which had the same id. */
    static boolean isOf(Deployment deployment, Update update) {
        return update.endedAt() == null || !update.endedAt().isBefore(deployment.createdAt());
    }

    /** The past that these updates are. */
    static DeploymentPast of(Collection<Update> updates) {
        boolean secured = false;
        Set<String> owned = new HashSet<>();
        Map<String, Set<String>> digests = new HashMap<>();
        for (Update update : updates) {
            secured |= update.isDone(Phase.SECURE);
            for (Update.NodeResult result : update.nodes()) {
                if (hasArrived(result)) {
                    String node = node(update.plan(), result);
                    owned.add(node);
                    if (update.bundleSha256() != null) {
                        digests.computeIfAbsent(node, any -> new HashSet<>()).add(update.bundleSha256());
                    }
                }
            }
            if (update.plan() != null && update.wayBack() != null) {
                // It went on although a project was there: it was its own already, or adopted with that plan.
                update.plan().nodes().stream().filter(Plan.PlannedNode::projectPresent)
                        .forEach(node -> owned.add(node(node.nodeId(), node.address().url())));
            }
        }
        return new DeploymentPast(owned, secured, digests);
    }

    /** Whether the project on this node is the deployment's own. */
    boolean owns(String nodeId, String url) {
        return owned.contains(node(nodeId, url));
    }

    /** Whether this bundle has arrived on this node from here. */
    boolean hasSent(String sha256, String nodeId, String url) {
        return sentDigests.getOrDefault(node(nodeId, url), Set.of()).contains(sha256);
    }

    /** A phase that was merely begun may have been refused by the node; going back comes only after sending. */
    private static boolean hasArrived(Update.NodeResult result) {
        return result.reached() != null && result.reached().compareTo(Phase.SEND) >= 0;
    }

    /** Of old updates the plan is not kept; what is left is the name, which is the node's own id where it has one. */
    private static String node(Plan plan, Update.NodeResult result) {
        return plan == null ? result.node() : plan.nodes().stream()
                .filter(node -> node.name().equals(result.node()))
                .map(node -> node(node.nodeId(), node.address().url()))
                .findFirst()
                .orElse(result.node());
    }

    private static String node(String nodeId, String url) {
        return nodeId == null ? url : nodeId;
    }
}
