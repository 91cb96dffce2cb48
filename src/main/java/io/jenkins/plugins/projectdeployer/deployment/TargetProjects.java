package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeEndpoint;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** Finds the way to nodes; keys are looked up at each call, by the credential that the frozen plan names. */
public final class TargetProjects {

    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    /** More than a controller has; those of nodes that were configured away are forgotten in turn. */
    private static final int DOORS = 500;

    private final OkHttpClient base;
    private final Function<NodeAddress, String> keys;
    private final NodeTimeouts timeouts;

    /** One for each node, so that phases and updates use its connections again instead of opening their own. */
    private final Map<Named, NodeHttp> doors = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Named, NodeHttp> eldest) {
            return size() > DOORS;
        }
    });

    public TargetProjects(OkHttpClient base, Function<NodeAddress, String> keys, NodeTimeouts timeouts) {
        this.base = base;
        this.keys = keys;
        this.timeouts = timeouts;
    }

    /** How long work that a node does in the background may take, such as a test scenario. */
    Duration longCall() {
        return timeouts.longCall();
    }

    /** The planned project on one of the planned nodes. */
    TargetProject on(Plan.PlannedNode node, UpdateRun run) throws NodeException {
        return on(node, run, run.cancellation());
    }

    /** The same for a call whose answer is needed at the next start, too: a controller that stops waits for it. */
    TargetProject untilAnswered(Plan.PlannedNode node, UpdateRun run) throws NodeException {
        return on(node, run, run.cancellation().exceptLeaving());
    }

    /** The same for one last look, although the update may have been given up. */
    TargetProject shortly(Plan.PlannedNode node, UpdateRun run) throws NodeException {
        return on(node, run, Cancellation.after(LAST_LOOK));
    }

    private TargetProject on(Plan.PlannedNode node, UpdateRun run, Cancellation cancellation) throws NodeException {
        return new TargetProject(new AutomationNode(http(node.name(), node.address())).watching(cancellation), node, run);
    }

    /** A node with its administrator's key. */
    public NodeHttp http(String name, NodeAddress address) {
        return doors.computeIfAbsent(new Named(name, address),
                node -> NodeHttp.to(NodeEndpoint.of(name, address), () -> keys.apply(address), base, timeouts));
    }

    /** A node as configured, by the name that messages give it. */
    private record Named(String name, NodeAddress address) {}
}
