package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.store.SeenNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Asks a node how the tests of a deployed project ended. Changes nothing there. */
public final class TestingStatus {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final TargetProjects targets;
    private final Records records;

    TestingStatus(TargetProjects targets, Records records) {
        this.targets = targets;
        this.records = records;
    }

    /**
     * The runs of its test scenarios, counted by the node (Dataiku: facts B6).
     *
     * @param nodeId which of several nodes, by the id that it gave when it was last planned with; null where there is one
     * @param bundleId of the bundle under which they ran; null: any
     * @throws Refused {@code UNAVAILABLE} with what the node said where it did not answer the question
     */
    public JsonNode of(Deployment deployment, Infrastructure infrastructure, String nodeId, String bundleId) {
        int place = place(infrastructure, nodeId);
        NodeAddress address = infrastructure.nodes().get(place);
        try {
            return new AutomationNode(targets.http(infrastructure.nodeName(place), address)).watching(Cancellation.after(LIMIT))
                    .project(deployment.targetProject()).scenarios().testingStatus(bundleId);
        } catch (NodeException e) {
            throw new Refused(Refused.Reason.UNAVAILABLE, e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(e.getMessage()); // an address that nothing can be called at
        }
    }

    private int place(Infrastructure infrastructure, String nodeId) {
        List<SeenNode> seen = records.seenNodes();
        List<Optional<String>> ids =
                infrastructure.nodes().stream().map(address -> SeenNode.at(seen, infrastructure.id(), address.url())).toList();
        if (nodeId == null && ids.size() > 1) {
            throw Refused.invalid("Infrastructure " + infrastructure.id() + " has several nodes: name one as automationNodeId, of "
                    + String.join(", ", ids.stream().flatMap(Optional::stream).toList()) + ".");
        }
        return nodeId == null ? 0 : IntStream.range(0, ids.size()).filter(place -> ids.get(place).equals(Optional.of(nodeId))).findFirst()
                .orElseThrow(() -> Refused.notFound("automation node of infrastructure " + infrastructure.id(), nodeId));
    }
}
