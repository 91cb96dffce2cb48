package io.jenkins.plugins.projectdeployer.crash;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.NodeType;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A controller's home and the nodes that it deploys to, which both outlive the controller. */
final class Site implements AutoCloseable {

    static final String NONE = "-";

    private final Path home;
    private final List<EmbeddedNode> nodes = new ArrayList<>();
    private EmbeddedNode design;
    private String tracker = NONE;
    private String barrier = NONE;
    private String bundle = "v1";
    private String test = NONE;
    private String rollBackOf = NONE;

    /** One node, and a home with two bundles of CHURN. */
    Site(Path home) {
        this.home = home;
        anotherNode("prod");
        try (World world = new World(home)) {
            world.publish(churn("v1"));
            world.publish(churn("v2"));
        }
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev")
                .scenario("NIGHTLY").testScenario("TEST_SMOKE").webapp("dash").owner("alice")
                .permission("churn-team", ProjectFlag.readProjectContent);
    }

    EmbeddedNode anotherNode(String nodeId) {
        EmbeddedNode another = EmbeddedNode.builder().nodeId(nodeId).world(state -> DemoWorld.stage(state, "prod")).start();
        nodes.add(another);
        return another;
    }

    /** A design node of CHURN, which makes the bundles that are not published yet. */
    EmbeddedNode design() {
        design = EmbeddedNode.builder().nodeId("design").type(NodeType.DESIGN)
                .world(state -> {
                    DemoWorld.standard(state);
                    state.addProject(churn("x"));
                }).start();
        return design;
    }

    /** Where hooks tell that they ran; without it there are none. */
    Site tracker(String url) {
        tracker = url;
        return this;
    }

    /** Where the controller stops, to be killed there. */
    Site barrier(String place) {
        barrier = place;
        return this;
    }

    Site bundle(String bundleId) {
        bundle = bundleId;
        return this;
    }

    /** The scenario whose failure leads back. */
    Site test(String scenario) {
        test = scenario;
        return this;
    }

    /** The update that is taken back, in place of deploying a bundle. */
    Site rollBackOf(Update update) {
        rollBackOf = String.valueOf(update.number());
        return this;
    }

    String barrier() {
        return barrier;
    }

    EmbeddedNode node() {
        return nodes.get(0);
    }

    List<EmbeddedNode> nodes() {
        return nodes;
    }

    Project project() {
        return node().state().project("CHURN");
    }

    /** By which a controller's lines name it. */
    String name() {
        return home.getFileName().toString();
    }

    /** What {@link Controller} is told. */
    List<String> arguments() {
        return List.of(home.toString(), nodes.stream().map(Site::reached).collect(Collectors.joining(",")),
                tracker, barrier, bundle, test, rollBackOf, design == null ? NONE : reached(design));
    }

    private static String reached(EmbeddedNode node) {
        return node.url() + "," + node.key();
    }

    /** The next controller: in this JVM, stopped nowhere. */
    Update goOn() {
        barrier = NONE;
        return new Controller(arguments()).run();
    }

    @Override
    public void close() {
        nodes.forEach(EmbeddedNode::close);
        if (design != null) {
            design.close();
        }
    }
}
