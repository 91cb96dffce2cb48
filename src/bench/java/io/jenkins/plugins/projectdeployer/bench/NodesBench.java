package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bundle to 8 nodes of one infrastructure, each of which takes 20 MB/s, against one such node in the same run. Four are
 * sent to at once, so two turns are needed. Must reach: at most 2.6 times one node.
 */
public final class NodesBench {

    private static final long RATE = 20_000_000;
    private static final long SIZE = 100_000_000;
    private static final int NODES = 8;

    private NodesBench() {}

    public static void main(String[] args) throws IOException {
        try (BenchHome home = BenchHome.create(); World world = new World(home.path())) {
            world.infrastructure(World.infrastructure("one", "Test", nodes(world, "one", 1)));
            world.infrastructure(World.infrastructure("many", "Production", nodes(world, "many", NODES)));
            world.publish("alice", BundleZip.of("CHURN", "v1").filler(SIZE).bytes());
            double one = send(world, "one");
            double many = send(world, "many");
            System.out.printf(Locale.ROOT, "nodes: 1 node %.0f ms, %d nodes %.0f ms%n", one, NODES, many);
            Limit.atMost(2.6, "nodes, ratio", many / one);
        }
    }

    private static List<NodeAddress> nodes(World world, String name, int count) {
        List<NodeAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EmbeddedNode node = EmbeddedNode.builder().nodeId(name + i).uploadRate(RATE).world(DemoWorld::standard).start();
            addresses.add(world.address(name + i, node));
        }
        return addresses;
    }

    private static double send(World world, String infrastructure) {
        Update update = world.deploy(World.request("CHURN", "v1", infrastructure));
        if (update.status() != UpdateStatus.SUCCESS) {
            throw new IllegalStateException(update.status() + " " + update.messages());
        }
        return update.phases().stream().filter(run -> run.phase() == Phase.SEND)
                .mapToDouble(run -> Duration.between(run.startedAt(), run.endedAt()).toMillis()).findFirst().orElseThrow();
    }
}
