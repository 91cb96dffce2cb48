package io.jenkins.plugins.projectdeployer.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A controller in a JVM of its own is killed with -9 at every phase boundary; the next one goes on correctly. */
class KillTest {

    @TempDir
    Path home;

    private final List<EmbeddedNode> nodes = new ArrayList<>();
    private EmbeddedNode node;
    private String bundle = "v1";
    private String test = "-";

    @BeforeEach
    void start() {
        node = anotherNode("prod");
        try (World world = new World(home)) {
            world.publish(churn("v1"));
            world.publish(churn("v2"));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(EmbeddedNode::close);
    }

    private EmbeddedNode anotherNode(String nodeId) {
        EmbeddedNode another = EmbeddedNode.builder().nodeId(nodeId).world(state -> DemoWorld.stage(state, "prod")).start();
        nodes.add(another);
        return another;
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev")
                .scenario("NIGHTLY").testScenario("TEST_SMOKE").webapp("dash").owner("alice")
                .permission("churn-team", ProjectFlag.readProjectContent);
    }

    static Stream<String> boundaries() {
        return Stream.of(Phase.values())
                .filter(phase -> phase != Phase.ROLL_BACK)
                .flatMap(phase -> phase == Phase.REPORT
                        ? Stream.of("before REPORT", "after REPORT")
                        : Stream.of("before " + phase, "in " + phase));
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void the_next_start_goes_on_where_the_killed_controller_stood(String boundary) throws Exception {
        kill("-", boundary);
        String end = run("-");

        assertThat(end).startsWith("END SUCCESS");
        Project project = node.state().project("CHURN");
        assertThat(project.activeBundleId()).isEqualTo("v1");
        assertThat(project.connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project.owner()).isEqualTo("svc_deploy");
        assertThat(project.permissions()).as("the group, and the owner of the design project").hasSize(2);
        assertThat(project.scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project.webapp("dash").runAsUser()).isEqualTo("svc_run");
        assertThat(node.calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in SEND", "in CONFIGURE", "in PRELOAD", "before ACTIVATE", "in ACTIVATE", "in SECURE", "in VERIFY"})
    void an_update_of_what_is_there_already_goes_on_as_well(String boundary) throws Exception {
        assertThat(run("-")).startsWith("END SUCCESS");
        Project project = node.state().project("CHURN");
        project.scenario("NIGHTLY").active(true);
        project.grant("release", ProjectFlag.readProjectContent);
        bundle = "v2";

        kill("-", boundary);
        assertThat(run("-")).startsWith("END SUCCESS");

        assertThat(project.activeBundleId()).isEqualTo("v2");
        assertThat(project.scenario("NIGHTLY").isActive()).as("on, as it was before").isTrue();
        assertThat(project.scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project.permissions()).as("left alone after the first time").hasSize(3);
        assertThat(node.calls()).filteredOn(call -> call.path().endsWith("importFromStream")).as("sent once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before ROLL_BACK", "in ROLL_BACK"})
    void a_roll_back_goes_on_until_all_nodes_are_back(String boundary) throws Exception {
        EmbeddedNode second = anotherNode("prod-too");
        assertThat(run("-")).startsWith("END SUCCESS");
        node.state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        bundle = "v2";
        test = "TEST_SMOKE";

        kill("-", boundary);
        assertThat(run("-")).startsWith("END ROLLED_BACK");

        for (EmbeddedNode each : List.of(node, second)) {
            assertThat(each.state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(each.state().project("CHURN").scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        }
        assertThat(node.state().project("CHURN").scenario("TEST_SMOKE").runs()).as("run once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"projectsFromBundle/", "/preload", "/activate"})
    void a_controller_that_dies_while_one_of_two_nodes_has_not_answered_goes_on_with_both(String call) throws Exception {
        EmbeddedNode second = anotherNode("prod-too");
        second.faults().on("POST", "*" + call).always(new Fault.Hang());

        Process process = controller("-", "-");
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> Stream.of(node, second).allMatch(each ->
                each.calls().stream().anyMatch(made -> made.path().endsWith(call))));
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        second.faults().clear();
        assertThat(run("-")).startsWith("END SUCCESS");

        for (EmbeddedNode each : List.of(node, second)) {
            assertThat(each.state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(each.state().project("CHURN").scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        }
        assertThat(node.calls()).filteredOn(made -> made.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
    }

    @Test
    void a_pre_hook_that_ran_when_the_controller_died_is_not_run_again_and_the_node_is_untouched() throws Exception {
        try (Tracker tracker = new Tracker()) {
            kill(tracker.url(), "in hook pre");
            String end = run(tracker.url());

            assertThat(end).startsWith("END FAILED").contains("HOOK_OUTCOME_UNKNOWN");
            assertThat(tracker.told()).isEmpty();
            assertThat(node.state().findProject("CHURN")).isEmpty();
        }
    }

    @Test
    void a_post_hook_that_ran_when_the_controller_died_is_not_run_again_and_the_bundle_is_active() throws Exception {
        try (Tracker tracker = new Tracker()) {
            kill(tracker.url(), "in hook post");
            String end = run(tracker.url());

            assertThat(end).startsWith("END WARNING").contains("HOOK_OUTCOME_UNKNOWN");
            assertThat(tracker.told()).containsExactly("/pre");
            assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        }
    }

    @Test
    void hooks_that_have_ended_are_not_run_again() throws Exception {
        try (Tracker tracker = new Tracker()) {
            kill(tracker.url(), "in PRE_HOOKS");
            kill(tracker.url(), "in POST_HOOKS");
            String end = run(tracker.url());

            assertThat(end).startsWith("END SUCCESS");
            assertThat(tracker.told()).containsExactly("/pre", "/post");
        }
    }

    /** Starts a controller and kills it when it has come to the boundary. */
    private void kill(String tracker, String boundary) throws IOException, InterruptedException {
        Process process = controller(tracker, boundary);
        String line = lineOf(process, "AT ");
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(line).isEqualTo("AT " + boundary);
    }

    /** Starts a controller that runs to the end of the update. */
    private String run(String tracker) throws IOException, InterruptedException {
        Process process = controller(tracker, "-");
        String line = lineOf(process, "END ");
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
        return line;
    }

    private Process controller(String tracker, String boundary) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                        "-cp", System.getProperty("java.class.path"),
                        Controller.class.getName(), home.toString(), urlsAndKeys(), tracker, boundary, bundle, test))
                .redirectErrorStream(true)
                .start();
    }

    private String urlsAndKeys() {
        return nodes.stream().map(each -> each.url() + "," + each.key()).collect(Collectors.joining(","));
    }

    private static String lineOf(Process process, String beginning) throws IOException {
        StringBuilder all = new StringBuilder();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the controller ended without \"" + beginning + "\":\n" + all);
    }

    /** Stands in for whatever hooks tell of a deployment. */
    private static final class Tracker implements AutoCloseable {

        private final HttpServer server;
        private final List<String> told = new CopyOnWriteArrayList<>();

        Tracker() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                told.add(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        List<String> told() {
            return told;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
