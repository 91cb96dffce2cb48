package io.jenkins.plugins.projectdeployer.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Controllers are killed with -9 at every phase boundary; the next ones, in this JVM, go on correctly. Those whose barriers one
 * can wait for die together: each has its own home and nodes, and all stand at their barriers in one JVM when it is killed.
 */
class KillTest {

    private static final List<String> IN_AN_UPDATE =
            List.of("in SEND", "in CONFIGURE", "in PRELOAD", "before ACTIVATE", "in ACTIVATE", "in SECURE", "in VERIFY");
    private static final List<String> ON_THE_WAY_BACK = List.of("before ROLL_BACK", "in ROLL_BACK");

    private static final List<String> IN_AN_EXPLICIT_ROLL_BACK = List.of("in CONFIGURE", "in ACTIVATE", "before SECURE");

    private static final String IN_A_TEST = "in test TEST_SMOKE";

    @TempDir
    private static Path directory;

    /** By kind and barrier. */
    private static final Map<String, Site> KILLED = new LinkedHashMap<>();

    @TempDir
    private Path home;

    @BeforeAll
    static void kill() throws Exception {
        boundaries().forEach(boundary -> site("first", boundary));
        for (String boundary : IN_AN_UPDATE) {
            Site site = site("update", boundary);
            assertThat(site.goOn().status()).isEqualTo(UpdateStatus.SUCCESS);
            site.project().scenario("NIGHTLY").active(true);
            site.project().grant("release", ProjectFlag.readProjectContent);
            site.bundle("v2").barrier(boundary);
        }
        for (String boundary : ON_THE_WAY_BACK) {
            Site site = site("back", boundary);
            site.anotherNode("prod-too");
            assertThat(site.goOn().status()).isEqualTo(UpdateStatus.SUCCESS);
            site.node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
            site.bundle("v2").test("TEST_SMOKE").barrier(boundary);
        }
        for (String boundary : IN_AN_EXPLICIT_ROLL_BACK) {
            Site site = site("explicit", boundary);
            assertThat(site.goOn().status()).isEqualTo(UpdateStatus.SUCCESS);
            site.project().scenario("NIGHTLY").active(true);
            site.project().webapp("dash").runAsUser("svc_hooks");
            Update second = site.bundle("v2").goOn();
            assertThat(second.status()).isEqualTo(UpdateStatus.SUCCESS);
            site.project().scenario("NIGHTLY").active(false);
            site.project().grant("release", ProjectFlag.admin);
            site.rollBackOf(second).barrier(boundary);
        }
        site("test", IN_A_TEST).test("TEST_SMOKE");
        kill(KILLED.values());
    }

    private static Site site(String kind, String boundary) {
        Site site = new Site(directory.resolve(kind + "-" + boundary.replace(' ', '-'))).barrier(boundary);
        KILLED.put(kind + " " + boundary, site);
        return site;
    }

    @AfterAll
    static void close() {
        KILLED.values().forEach(Site::close);
        KILLED.clear();
    }

    /** Starts controllers and kills them when all have come to their barriers. */
    private static void kill(Collection<Site> sites) throws IOException, InterruptedException {
        List<String> arguments = sites.stream().flatMap(site -> site.arguments().stream()).toList();
        try (DoomedJvm jvm = new DoomedJvm(Controller.class, arguments, line -> false)) {
            jvm.awaits(lines -> sites.stream().allMatch(site -> lines.contains(site.name() + " AT " + site.barrier())));
            jvm.kill();
        }
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
    void the_next_start_goes_on_where_the_killed_controller_stood(String boundary) {
        Site site = KILLED.get("first " + boundary);
        Update end = site.goOn();

        assertThat(end.status()).as("%s", end.messages()).isEqualTo(UpdateStatus.SUCCESS);
        Project project = site.project();
        assertThat(project.activeBundleId()).isEqualTo("v1");
        assertThat(project.connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project.owner()).isEqualTo("svc_deploy");
        assertThat(project.permissions()).as("the group, and the owner of the design project").hasSize(2);
        assertThat(project.scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project.webapp("dash").runAsUser()).isEqualTo("svc_run");
        assertThat(site.node().calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("IN_AN_UPDATE")
    void an_update_of_what_is_there_already_goes_on_as_well(String boundary) {
        Site site = KILLED.get("update " + boundary);
        Update end = site.goOn();

        assertThat(end.status()).as("%s", end.messages()).isEqualTo(UpdateStatus.SUCCESS);
        Project project = site.project();
        assertThat(project.activeBundleId()).isEqualTo("v2");
        assertThat(project.scenario("NIGHTLY").isActive()).as("on, as it was before").isTrue();
        assertThat(project.scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project.permissions()).as("left alone after the first time").hasSize(3);
        assertThat(site.node().calls()).filteredOn(call -> call.path().endsWith("importFromStream")).as("sent once").hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("ON_THE_WAY_BACK")
    void a_roll_back_goes_on_until_all_nodes_are_back(String boundary) {
        Site site = KILLED.get("back " + boundary);
        Update end = site.goOn();

        assertThat(end.status()).as("%s", end.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(site.nodes()).hasSize(2).allSatisfy(KillTest::hasTheFirstBundle);
        assertThat(site.project().scenario("TEST_SMOKE").runs()).as("run once").hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("IN_AN_EXPLICIT_ROLL_BACK")
    void an_explicit_roll_back_goes_on_until_all_is_as_it_was(String boundary) {
        Site site = KILLED.get("explicit " + boundary);
        Update end = site.goOn();

        assertThat(end.status()).as("%s", end.messages()).isEqualTo(UpdateStatus.SUCCESS);
        Project project = site.project();
        assertThat(project.activeBundleId()).isEqualTo("v1");
        assertThat(project.connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project.scenario("NIGHTLY").isActive()).as("on, as it was before the update").isTrue();
        assertThat(project.scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project.webapp("dash").runAsUser()).isEqualTo("svc_hooks");
        assertThat(project.permissions()).as("without the one given after the update").hasSize(2);
    }

    @Test
    void a_test_scenario_that_may_have_been_started_is_not_started_again() {
        Site site = KILLED.get("test " + IN_A_TEST);
        Update end = site.goOn();

        assertThat(end.status()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(end.messages()).filteredOn(message -> message.code().equals("TEST_OUTCOME_UNKNOWN"))
                .extracting(Message::text).singleElement().asString().contains("TEST_SMOKE").contains("look at its last run");
        assertThat(site.project().scenario("TEST_SMOKE").runs()).isEmpty();
    }

    private static void hasTheFirstBundle(EmbeddedNode node) {
        Project project = node.state().project("CHURN");
        assertThat(project.activeBundleId()).isEqualTo("v1");
        assertThat(project.scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"projectsFromBundle/", "/preload", "/activate"})
    void a_controller_that_dies_while_one_of_two_nodes_has_not_answered_goes_on_with_both(String call) throws Exception {
        try (Site site = new Site(home)) {
            EmbeddedNode second = site.anotherNode("prod-too");
            second.faults().on("POST", "*" + call).always(new Fault.Hang());

            try (DoomedJvm jvm = new DoomedJvm(Controller.class, site.arguments(), line -> false)) {
                Awaitility.await().atMost(Duration.ofSeconds(90)).until(() ->
                        site.node().calls().stream().anyMatch(made -> made.path().endsWith(call) && made.status() == 200)
                                && second.calls().stream().anyMatch(made -> made.path().endsWith(call)));
                jvm.kill();
            }
            second.faults().clear();
            assertThat(site.goOn().status()).isEqualTo(UpdateStatus.SUCCESS);

            assertThat(site.nodes()).hasSize(2).allSatisfy(KillTest::hasTheFirstBundle);
            assertThat(site.node().calls()).filteredOn(made -> made.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
        }
    }

    @Test
    void a_web_app_whose_user_was_set_when_the_controller_died_is_started_again_as_that_user() throws Exception {
        try (Site site = new Site(home)) {
            site.node().faults().on("PUT", "*/backend/actions/restart").once(new Fault.Hang());
            try (DoomedJvm jvm = new DoomedJvm(Controller.class, site.arguments(), line -> false)) {
                Awaitility.await().atMost(Duration.ofSeconds(90)).until(() ->
                        site.node().calls().stream().anyMatch(call -> call.path().endsWith("/restart")));
                jvm.kill();
            }
            assertThat(site.project().webapp("dash").runAsUser()).isEqualTo("svc_run");
            assertThat(site.project().webapp("dash").restarts()).as("by activation, as whom the bundle names").isEqualTo(1);
            site.node().faults().clear();

            assertThat(site.goOn().status()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(site.project().webapp("dash").restarts()).as("as svc_run").isEqualTo(2);
        }
    }

    @Test
    void a_pre_hook_that_ran_when_the_controller_died_is_not_run_again_and_the_node_is_untouched() throws Exception {
        try (Tracker tracker = new Tracker(); Site site = new Site(home).tracker(tracker.url())) {
            kill(List.of(site.barrier("in hook pre")));
            Update end = site.goOn();

            assertThat(end.status()).isEqualTo(UpdateStatus.FAILED);
            assertThat(end.messages()).extracting(Message::code).contains("HOOK_OUTCOME_UNKNOWN");
            assertThat(tracker.told()).isEmpty();
            assertThat(site.node().state().findProject("CHURN")).isEmpty();
        }
    }

    @Test
    void a_post_hook_that_ran_when_the_controller_died_is_not_run_again_and_the_bundle_is_active() throws Exception {
        try (Tracker tracker = new Tracker(); Site site = new Site(home).tracker(tracker.url())) {
            kill(List.of(site.barrier("in hook post")));
            Update end = site.goOn();

            assertThat(end.status()).isEqualTo(UpdateStatus.WARNING);
            assertThat(end.messages()).extracting(Message::code).contains("HOOK_OUTCOME_UNKNOWN");
            assertThat(tracker.told()).containsExactly("/pre");
            assertThat(site.project().activeBundleId()).isEqualTo("v1");
        }
    }

    @Test
    void hooks_that_have_ended_are_not_run_again() throws Exception {
        try (Tracker tracker = new Tracker(); Site site = new Site(home).tracker(tracker.url())) {
            kill(List.of(site.barrier("in PRE_HOOKS")));
            kill(List.of(site.barrier("in POST_HOOKS")));

            assertThat(site.goOn().status()).isEqualTo(UpdateStatus.SUCCESS);
            assertThat(tracker.told()).containsExactly("/pre", "/post");
        }
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
