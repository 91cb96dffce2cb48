package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody ends an update, wherever it stands: it ends soon, says what is where, and is in nobody's way any more. */
class AbortTest extends OnProd {

    /** Aborts as bob, and gives the end. */
    private Update abort(Update update) {
        world.deployer().abort(update.request().key(), "bob");
        return world.await(update);
    }

    private static String whatIsWhere(Update update) {
        return update.messages().stream()
                .filter(message -> message.code().equals("WHAT_IS_WHERE"))
                .map(Message::text)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is said of what is where: " + update.messages()));
    }

    private void assertDeployableAgain(String bundleId) {
        node().faults().clear();
        Update next = world.deploy(World.request("CHURN", bundleId, "prod"));
        assertThat(next.status()).as("%s", next.messages()).isIn(UpdateStatus.SUCCESS, UpdateStatus.WARNING);
        assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo(bundleId);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLL_BACK"}, mode = EnumSource.Mode.EXCLUDE)
    void before_each_phase(Phase phase) {
        deploy("v1");
        world.publish(churn("v2"));
        DeployRequest request = World.request("CHURN", "v2", "prod").build();
        world.barrier(place -> {
            if (place.equals("before " + phase)) {
                world.deployer().abort(request.key(), "bob");
            }
        });
        Update ended = world.await(world.submit(request));
        world.barrier(place -> {});

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(ended.phases()).extracting(Update.PhaseRun::phase).endsWith(Phase.REPORT).filteredOn(it -> it != Phase.REPORT)
                .allMatch(it -> it.compareTo(phase) <= 0);
        boolean activated = phase.compareTo(Phase.ACTIVATE) > 0;
        assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo(activated ? "v2" : "v1");
        // Sending has begun as the phase before ended, and nothing was sent.
        if (phase.compareTo(Phase.SEND) <= 0) {
            assertThat(whatIsWhere(ended)).contains("was ended by bob in phase " + phase.label()).contains("The deployment changed nothing on any node.");
            assertThat(world.deployer().records().past("CHURN-on-prod").lastAtWork()).isLessThan(ended.number());
        } else {
            assertThat(whatIsWhere(ended)).contains("was ended by bob")
                    .contains("node prod has bundle " + (activated ? "v2" : "v1") + " active");
            assertThat(ended.nodes()).extracting(Update.NodeResult::activeBundle).containsExactly(activated ? "v2" : "v1");
        }
        assertThat(world.deployer().records().openUpdates()).isEmpty();
        assertDeployableAgain("v2");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /instance-info, PLAN",
        "GET,  /projects/CHURN/settings, RECHECK",
        "POST, /projects/CHURN/bundles/imported/actions/importFromStream, SEND",
        "PUT,  /projects/CHURN/settings, CONFIGURE",
        "POST, */v2/actions/preload, PRELOAD",
        "POST, */v2/actions/activate, ACTIVATE",
        "GET,  /projects/CHURN/scenarios/, SECURE",
    })
    void while_a_call_to_the_node_hangs(String method, String path, Phase phase) {
        deploy("v1");
        world.publish(churn("v2").scenario("NEW"));
        // The phases before read the same things; it is the one in this phase that hangs.
        AtomicBoolean there = new AtomicBoolean();
        world.barrier(place -> {
            if (place.equals("before " + phase)) {
                node().forgetCalls();
                node().faults().on(method, path).always(new Fault.Hang());
                there.set(true);
            }
        });
        Update update = world.submit(World.request("CHURN", "v2", "prod").settings(remapped()).build());
        patiently().until(() -> there.get() && hangs(method, path));

        Update ended = abort(update);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(whatIsWhere(ended)).contains("in phase " + phase.label());
        assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo(phase == Phase.SECURE ? "v2" : "v1");
        if (phase.compareTo(Phase.SEND) >= 0) {
            assertThat(ended.nodes().get(0).activeBundle()).isEqualTo(phase == Phase.SECURE ? "v2" : "v1");
            assertThat(ended.nodes().get(0).problem()).startsWith(phase.label() + ": ").contains("was cancelled");
        }
        world.barrier(place -> {});
        assertDeployableAgain("v2");
    }

    /** Something to write in every phase that writes. */
    private static SettingsChange remapped() {
        return new SettingsChange(
                null, List.of(new Remap("unused", "sql-prod")), null, null, null, null, null, null, null);
    }

    private boolean hangs(String method, String path) {
        String end = path.replace("*", "");
        return node().calls().stream().anyMatch(call -> call.method().equals(method) && call.path().endsWith(end));
    }

    @Test
    void while_the_node_works_on_an_activation_which_is_told_to_stop() {
        deploy("v1");
        world.publish(churn("v2"));
        node().state().futures().takes("activate", Duration.ofMinutes(10));
        Update update = world.submit(World.request("CHURN", "v2", "prod").build());
        patiently().until(() -> node().calls().stream().anyMatch(call -> call.path().startsWith("/futures/")));

        Update ended = abort(update);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(node().state().futures().aborted()).isEqualTo(1);
        assertThat(ended.nodes().get(0).activeBundle()).isEqualTo("v1");
        node().state().futures().takes("activate", Duration.ZERO);
        assertDeployableAgain("v2");
    }

    @Test
    void while_the_node_cannot_be_told_to_stop_nothing_is_said_for_certain() {
        deploy("v1");
        world.publish(churn("v2"));
        node().state().futures().takes("activate", Duration.ofMinutes(10));
        node().faults().on("DELETE", "/futures/*").always(new Fault.DataikuError(500, "java.lang.RuntimeException", "not now"));
        Update update = world.submit(World.request("CHURN", "v2", "prod").build());
        patiently().until(() -> node().calls().stream().anyMatch(call -> call.path().startsWith("/futures/")));

        Update ended = abort(update);
        node().state().futures().finishNow();

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(ended.messages()).extracting(Message::code).contains("ACTIVE_UNKNOWN");
        assertThat(whatIsWhere(ended)).contains("node prod had, when it was last asked, bundle v1 active");
        patiently().until(() -> "v2".equals(node().state().project("CHURN").activeBundleId()));
    }

    @Test
    void while_an_activation_ends_well_after_all_the_report_says_what_is_active() {
        deploy("v1");
        world.publish(churn("v2"));
        // The answer to the activation is lost: the bundle is active, and nobody here was told.
        node().faults().on("POST", "*/v2/actions/activate").once(new Fault.CutReply(-1));
        Update update = world.deploy(World.request("CHURN", "v2", "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo("v2");
        assertThat(update.nodes().get(0).activeBundle()).isEqualTo("v2");
        assertThat(whatIsWhere(update)).contains("node prod has bundle v2 active");
    }

    @Test
    void while_a_test_scenario_runs_which_is_aborted_on_the_node() {
        world.publish(churn("v1"));
        node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("SUCCESS").after(Duration.ofHours(1)));
        Update update = world.submit(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).build());
        patiently().until(() -> node().calls().stream().map(Call::path).anyMatch(path -> path.contains("get-run-for-trigger")));

        Update ended = abort(update);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(node().calls()).anyMatch(call -> call.path().endsWith("/scenarios/TEST_SMOKE/abort"));
        assertThat(ended.runs().get(0).outcome()).isEqualTo("ABORTED");
        assertThat(whatIsWhere(ended)).contains("node prod has bundle v1 active");
        node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.SUCCESS);
        assertDeployableAgain("v1");
    }

    @Test
    void during_a_roll_back() {
        deploy("v1");
        world.publish(churn("v2"));
        node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        DeployRequest request = World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).build();
        world.barrier(place -> {
            if (place.equals("before " + Phase.ROLL_BACK)) {
                node().faults().on("POST", "*/v1/actions/activate").always(new Fault.Hang());
            }
        });
        Update update = world.submit(request);
        patiently().until(() -> node().calls().stream().filter(call -> call.path().endsWith("/v1/actions/activate")).count() == 2);

        assertThat(project().activeBundleId()).as("there is something to go back from").isEqualTo("v2");
        Update ended = abort(update);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(ended.messages()).extracting(Message::code).contains("TEST_FAILED");
        assertThat(project().activeBundleId()).isEqualTo("v2");
        assertThat(whatIsWhere(ended)).contains("in phase roll-back", "node prod had, when it was last asked, bundle v2 active");
        assertThat(ended.nodes()).extracting(Update.NodeResult::activeBundle).containsExactly("v2");
        world.barrier(place -> {});
        assertDeployableAgain("v2");
    }

    @Test
    void while_it_waits_in_line() {
        world.publish(churn("v1"));
        node().faults().on("POST", "*/actions/preload").once(new Fault.Hang());
        Update first = world.submit(World.request("CHURN", "v1", "prod").build());
        patiently().until(() -> world.deployer().records().update(first.number()).orElseThrow().phase() == Phase.PRELOAD);
        Update waiting = world.submit(World.request("CHURN", "v1", "prod").queue(true).build());
        patiently().until(() -> world.deployer().records().update(waiting.number()).orElseThrow().phase() == Phase.AUTHORIZE);

        assertThat(abort(waiting).status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(world.deployer().records().update(first.number()).orElseThrow().status()).isEqualTo(UpdateStatus.RUNNING);
        assertThat(abort(first).status()).isEqualTo(UpdateStatus.ABORTED);
        assertDeployableAgain("v1");
    }

    @Test
    void one_of_several_nodes_hangs_and_each_is_told_of() {
        several("trio", 3);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "trio"));
        world.publish(churn("v2"));
        world.node("trio-2").faults().on("POST", "*/v2/actions/activate").always(new Fault.Hang());
        Update update = world.submit(World.request("CHURN", "v2", "trio").build());
        patiently().until(() -> world.deployer().records().update(update.number()).orElseThrow().nodes().stream()
                .filter(node -> node.reached() == Phase.ACTIVATE).count() == 2
                && world.node("trio-2").calls().stream().anyMatch(call -> call.path().endsWith("/v2/actions/activate")));

        Update ended = abort(update);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(whatIsWhere(ended)).contains("node trio-1 has bundle v2 active, activate done")
                .contains("node trio-2 had, when it was last asked, bundle v1 active, preload done")
                .contains("node trio-3 has bundle v2 active, activate done");
        assertThat(world.node("trio-2").state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void an_update_that_has_ended_stays_as_it_is() {
        Update done = deploy("v1");
        world.deployer().abort(done.request().key(), "bob");
        assertThat(world.deployer().records().update(done.number())).contains(done);
    }

    @Test
    void an_abort_ends_the_update_says_what_is_where_and_frees_the_deployment() {
        world.publish(churn("v1"));
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.Hang());
        Update first = world.submit(World.request("CHURN", "v1", "prod").build());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> world.node("prod").calls().stream()
                .anyMatch(call -> call.path().endsWith("/preload"))
                || world.deployer().records().update(first.number()).orElseThrow().phase() == Phase.PRELOAD);

        world.deployer().abort(first.request().key(), "bob");
        Update ended = world.await(first);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(ended.nodes().get(0).reached()).isEqualTo(Phase.CONFIGURE);
        world.node("prod").faults().release();
        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void when_the_build_is_gone_the_update_ends_at_the_next_boundary() {
        world.publish(churn("v1"));
        world.wanted(false);
        Update update = world.deploy(World.request("CHURN", "v1", "prod").origin(
                new DeployRequest.Origin("job#1", "job", null)));

        assertThat(update.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(world.node("prod").calls()).isEmpty();
    }
}
