package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.NodeDirectory;
import io.jenkins.plugins.projectdeployer.node.NodeInfo;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Reads who may do what with everything that a node offers to projects, when somebody asks for it. Changes nothing there. */
public final class ResourceReading {

    /** For all calls to one node. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TargetProjects targets;
    private final ReportedResources reported;

    ResourceReading(TargetProjects targets, ReportedResources reported) {
        this.targets = targets;
        this.reported = reported;
    }

    /** What nodes have reported so far. */
    public ReportedResources reported() {
        return reported;
    }

    /**
     * Reads all nodes of the infrastructure.
     *
     * @throws Refused {@code UNAVAILABLE} with what the first node said that could not be read
     */
    public void read(Infrastructure infrastructure) {
        List<NodeAddress> addresses = infrastructure.nodes();
        List<Integer> places = IntStream.range(0, addresses.size()).boxed().toList();
        try {
            InParallel.map(places, EachNode.AT_ONCE, place -> read(infrastructure, addresses.get(place), infrastructure.nodeName(place)));
        } catch (NodeException e) {
            throw new Refused(Refused.Reason.UNAVAILABLE, e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(e.getMessage()); // an address that nothing can be called at
        }
    }

    private boolean read(Infrastructure infrastructure, NodeAddress address, String name) throws NodeException {
        AutomationNode node = new AutomationNode(targets.http(name, address)).watching(Cancellation.after(LIMIT));
        NodeInfo info = node.info();
        List<NodeResource> resources = node.resources().all();
        NodeDirectory directory = node.directory();
        reported.replace(infrastructure.id(), address, info.nodeId() == null ? name : info.nodeId(), resources,
                NodeMembers.of(directory.users(), directory.groups()));
        return true;
    }
}
