package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a deployment's updates that have ended did, as far as anything later depends on it; it grows with each of them, so
 * that none needs to be read again. A node is known by what it calls itself, and by its URL only where it does not say:
 * behind the same URL there may be another node tomorrow.
 *
 * @param owned nodes on which the project is the deployment's own: a bundle arrived there, or it was adopted there
 * @param secured whether an update has set owner and permissions
 * @param unsecured nodes on which an update has made the project and none has set its owner and permissions since
 * @param deployed whether an update has had its bundle active on every node
 * @param lastAtWork number of the update that was the last to come to a node with something to send; 0 when none did
 * @param found what another deployer had brought to the nodes when the deployment was taken over from it; null: nothing
 */
public record DeploymentPast(
        Set<String> owned, boolean secured, Set<String> unsecured, boolean deployed, long lastAtWork, Found found) {

    /**
     * A bundle that is on nodes without having arrived from here, and is known all the same.
     *
     * @param sha256 of the bundle, as it is published here
     * @param nodes on which it was active
     * @param from URL of the deployer that said so
     */
    public record Found(String sha256, Set<String> nodes, String from) {

        public Found {
            nodes = sorted(nodes);
        }
    }

    /** A deployment that has not been tried yet. */
    public static final DeploymentPast NONE = new DeploymentPast(Set.of(), false, false, 0);

    /** Entries that were written before there was {@code unsecured} say nothing of it. */
    public DeploymentPast {
        owned = sorted(owned);
        unsecured = sorted(unsecured);
    }

    /** Most deployments are on one node, for which a tree would take five times the memory. */
    private static Set<String> sorted(Set<String> names) {
        if (names == null) {
            return Set.of();
        }
        return names.size() < 2 ? Set.copyOf(names) : Collections.unmodifiableSet(new TreeSet<>(names));
    }

    /** A deployment that began here. */
    public DeploymentPast(Set<String> owned, boolean secured, boolean deployed, long lastAtWork) {
        this(owned, secured, Set.of(), deployed, lastAtWork, null);
    }

    /** The nodes on which the bundle of this digest was found when the deployment was taken over. */
    Set<String> foundOn(String sha256) {
        return found != null && found.sha256().equals(sha256) ? found.nodes() : Set.of();
    }

    /** How a node is known here. */
    public static String node(String nodeId, String url) {
        return nodeId == null ? url : nodeId;
    }

    /** Whether the project on this node is the deployment's own. */
    public boolean owns(String nodeId, String url) {
        return owned.contains(node(nodeId, url));
    }

    /** Whether owner and permissions are still to be set on this node, where an update has made the project. */
    public boolean isUnsecured(String nodeId, String url) {
        return unsecured.contains(node(nodeId, url));
    }

    /** The past once this update, too, has ended. */
    DeploymentPast after(Update update) {
        Set<String> nowOwned = new TreeSet<>(owned);
        nowOwned.addAll(arrived(update));
        if (update.plan() != null && update.wayBack() != null) {
            // It went on although a project was there: it was its own already, or adopted with that plan.
            update.plan().nodes().stream().filter(Plan.PlannedNode::projectPresent)
                    .forEach(node -> nowOwned.add(node(node.nodeId(), node.address().url())));
        }
        return new DeploymentPast(nowOwned, secured || update.isDone(Phase.SECURE), unsecuredAfter(update), deployed || update.isDeployed(),
                update.hasComeToNodes() ? update.number() : lastAtWork, found);
    }

    private Set<String> unsecuredAfter(Update update) {
        Set<String> left = new TreeSet<>(unsecured);
        Set<String> arrived = arrived(update);
        for (Plan.PlannedNode planned : update.plan() == null ? List.<Plan.PlannedNode>of() : update.plan().nodes()) {
            String known = node(planned.nodeId(), planned.address().url());
            if (hasSecured(update, planned)) {
                left.remove(known);
            } else if (!planned.projectPresent() && arrived.contains(known)) {
                left.add(known);
            }
        }
        return left;
    }

    /** Going back gives a project that was there before the permissions again that it had. */
    private static boolean hasSecured(Update update, Plan.PlannedNode planned) {
        boolean done = update.isDone(Phase.SECURE) || update.nodes().stream()
                .anyMatch(result -> result.node().equals(planned.name()) && result.reached() == Phase.SECURE);
        boolean takenBack = planned.projectPresent() && update.phases().stream().anyMatch(run -> run.phase() == Phase.ROLL_BACK);
        return update.plan().securesAnew(planned) && done && !takenBack;
    }

    /** The nodes on which the update's bundle has arrived from here. */
    static Set<String> arrived(Update update) {
        return update.nodes().stream()
                .filter(DeploymentPast::hasArrived)
                .map(result -> node(update.plan(), result))
                .collect(Collectors.toSet());
    }

    /** A phase that was merely begun may have been refused by the node; going back comes only after sending. */
    private static boolean hasArrived(Update.NodeResult result) {
        return result.reached() != null && result.reached().compareTo(Phase.SEND) >= 0;
    }

    private static String node(Plan plan, Update.NodeResult result) {
        return plan == null ? result.node() : plan.nodes().stream()
                .filter(node -> node.name().equals(result.node()))
                .map(node -> node(node.nodeId(), node.address().url()))
                .findFirst()
                .orElse(result.node());
    }

    /**
     * What the entry of an update's end says of its deployment's past.
     *
     * @param deployment id
     * @param past with this update
     * @param sha256 of the bundle; null when it arrived nowhere
     * @param sentTo nodes on which this bundle has arrived from here, by this update or an earlier one
     */
    record Told(String deployment, DeploymentPast past, String sha256, Set<String> sentTo) {

        Told {
            sentTo = sorted(sentTo);
        }
    }
}
