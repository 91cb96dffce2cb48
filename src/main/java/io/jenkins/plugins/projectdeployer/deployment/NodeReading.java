package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One node as the plan found it, or why it could not be read.
 *
 * @param name how messages call the node: its own id, or its place in the infrastructure where that is not known
 */
record NodeReading(NodeAddress address, String name, Optional<NodeFacts> facts, Optional<Problem> problem) {

    /** Why a node could not be read. */
    record Problem(String code, String text) {}

    /** Reads all nodes of the infrastructure, in its order; one that cannot be read hinders no other. */
    static List<NodeReading> all(Infrastructure infrastructure, Deployment target, Uses uses, NodeReader reader) {
        List<NodeAddress> addresses = infrastructure.nodes();
        List<Integer> places = IntStream.range(0, addresses.size()).boxed().toList();
        try {
            return InParallel.map(places, EachNode.AT_ONCE, place -> {
                return one(addresses.get(place), infrastructure.nodeName(place), target, uses, reader);
            });
        } catch (NodeException e) {
            throw new IllegalStateException("A reading keeps its own problem", e);
        }
    }

    private static NodeReading one(
            NodeAddress address, String name, Deployment target, Uses uses, NodeReader reader) {
        try {
            NodeFacts facts = reader.read(address, name, target, uses);
            return new NodeReading(address, facts.nodeId() == null ? name : facts.nodeId(), Optional.of(facts), Optional.empty());
        } catch (NodeException e) {
            return unread(address, name, e.kind().name(), e.getMessage());
        } catch (IllegalArgumentException e) {
            return unread(address, name, "NODE_ADDRESS", Ids.printable(e.getMessage(), 500));
        }
    }

    private static NodeReading unread(NodeAddress address, String name, String code, String text) {
        return new NodeReading(address, name, Optional.empty(), Optional.of(new Problem(code, text)));
    }

    /** What the node calls itself; null when it does not say or could not be read. */
    String nodeId() {
        return facts.map(NodeFacts::nodeId).orElse(null);
    }

    /** The node for the frozen record. */
    Plan.PlannedNode planned(Intent intent) {
        String project = intent.targetProject();
        return facts.map(node -> new Plan.PlannedNode(address, name, node.nodeId(), node.version(), node.hasProject(project),
                        node.activeBundle(project), node.hasProject(project) && intent.past().isUnsecured(node.nodeId(), address.url())))
                .orElseGet(() -> new Plan.PlannedNode(address, name, null, null, false, null));
    }
}
