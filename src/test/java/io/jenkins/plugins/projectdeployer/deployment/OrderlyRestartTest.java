package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orderly stop of the controller damages nothing that a kill would not: the next start goes on. */
class OrderlyRestartTest {

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void start() {
        world = new World(home).infrastructure("prod", "Production");
        world.publish(BundleZip.of("CHURN", "v1").scenario("NIGHTLY").testScenario("TEST_SMOKE"));
        world.publish(BundleZip.of("CHURN", "v2").scenario("NIGHTLY").testScenario("TEST_SMOKE"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_test_scenario_goes_on_meanwhile_and_its_outcome_counts() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.SUCCESS.after(Duration.ofSeconds(6)));
        Update update = world.submit(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).build());
        await().atMost(Duration.ofSeconds(90)).until(() -> now(update).runs().stream().anyMatch(run -> run.reference() != null));

        Update ended = world.restart().await(update);

        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v2");
        assertThat(world.node("prod").state().project("CHURN").scenario("TEST_SMOKE").runs()).as("run once").hasSize(1);
        assertThat(world.node("prod").calls()).noneMatch(call -> call.path().endsWith("/abort"));
    }

    @Test
    void a_test_scenario_that_is_just_being_started_is_waited_for_so_that_its_run_is_known() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").faults().on("POST", "*/scenarios/TEST_SMOKE/run").once(new Fault.Delay(Duration.ofSeconds(2)));
        Update update = world.submit(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE")).build());
        await().atMost(Duration.ofSeconds(90)).until(() -> now(update).run(Update.RunKind.TEST_SCENARIO, "TEST_SMOKE").isPresent());

        Update ended = world.restart().await(update);

        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("prod").state().project("CHURN").scenario("TEST_SMOKE").runs()).as("run once").hasSize(1);
    }

    @Test
    void post_hooks_that_have_not_begun_run_at_the_next_start_and_a_killed_one_is_not_run_again() {
        world.hooks("prod",
                World.hook("slow", HookPhase.POST, """
                        import time
                        def execute(*args, **kwargs):
                            time.sleep(300)
                        """),
                World.hook("chat", HookPhase.POST, """
                        def execute(*args, **kwargs):
                            return HookResult.success('told')
                        """));
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        await().atMost(Duration.ofSeconds(90)).until(() -> now(update).run(Update.RunKind.POST_HOOK, "slow").isPresent());

        Update ended = world.restart().await(update);

        assertThat(ended.status()).isEqualTo(UpdateStatus.WARNING);
        assertThat(ended.messages()).extracting(Message::code).contains("HOOK_OUTCOME_UNKNOWN");
        assertThat(ended.run(Update.RunKind.POST_HOOK, "chat").orElseThrow().outcome()).isEqualTo("SUCCESS");
    }

    /** A plan that was cut short says of the node only that nobody waited for it. */
    @Test
    void a_plan_in_the_making_is_made_anew() {
        world.node("prod").faults().on("GET", "*").always(new Fault.Hang());
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        await().atMost(Duration.ofSeconds(90)).until(() -> !world.node("prod").calls().isEmpty());

        World again = world.restart();
        world.node("prod").faults().clear();
        Update ended = again.await(update);

        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void work_on_the_node_is_not_stopped_and_the_phase_is_done_again() {
        world.node("prod").state().futures().takes("preload", Duration.ofSeconds(5));
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        await().atMost(Duration.ofSeconds(90)).until(() -> world.node("prod").calls().stream()
                .anyMatch(call -> call.path().endsWith("/preload")));

        Update ended = world.restart().await(update);

        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("prod").calls()).noneMatch(call -> call.method().equals("DELETE"));
    }

    @Test
    void those_that_wait_in_line_keep_their_order() {
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.Hang());
        Update first = world.submit(World.request("CHURN", "v1", "prod").build());
        await().atMost(Duration.ofSeconds(90)).until(() -> now(first).phase() == Phase.PRELOAD);
        Update second = queued("v2");
        Update third = queued("v1");

        world.restart();

        assertThat(world.await(third).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(now(second).endedAt()).isBefore(now(third).endedAt());
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void what_is_asked_before_the_start_is_complete_does_not_overtake_what_was_under_way() throws Exception {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").faults().on("POST", "*/v2/actions/preload").once(new Fault.Hang());
        Update first = world.submit(World.request("CHURN", "v2", "prod").build());
        await().atMost(Duration.ofSeconds(90)).until(() -> now(first).phase() == Phase.PRELOAD);
        Update second = queued("v1");
        world.deployer().close();

        try (ProjectDeployer next = ProjectDeployer.open(world)) {
            next.submit(second.request());
            next.submit(World.request("CHURN", "v2", "prod").queue(true).build());
            next.resume();
            await().atMost(Duration.ofSeconds(90)).until(() -> next.records().openUpdates().isEmpty());

            List<Update> newestFirst = next.records()
                    .history(next.records().deployment("CHURN-on-prod").orElseThrow()).limit(3).toList();
            assertThat(newestFirst).extracting(Update::status).containsOnly(UpdateStatus.SUCCESS);
            assertThat(newestFirst).extracting(Update::number).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(newestFirst).extracting(Update::endedAt).isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void a_hook_that_only_waited_for_a_slot_has_not_begun() {
        world.infrastructure("test", "Test").hookLimits(new HookLimits(1, 60, 60, 300, null));
        world.hooks("test", World.hook("slow", HookPhase.PRE, """
                import time
                def execute(*args, **kwargs):
                    time.sleep(300)
                """));
        world.hooks("prod", World.hook("chat", HookPhase.PRE, """
                def execute(*args, **kwargs):
                    return HookResult.success('told')
                """));
        Update holds = world.submit(World.request("CHURN", "v1", "test").build());
        await().atMost(Duration.ofSeconds(90)).until(() -> now(holds).run(Update.RunKind.PRE_HOOK, "slow").isPresent());
        Update waits = world.submit(World.request("CHURN", "v1", "prod").build());
        await().atMost(Duration.ofSeconds(90)).until(() -> !world.deployer().hookSlots().waiters().isEmpty());

        Update ended = world.restart().await(waits);

        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(ended.run(Update.RunKind.PRE_HOOK, "chat").orElseThrow().outcome()).isEqualTo("SUCCESS");
        assertThat(world.await(holds).messages()).extracting(Message::code).contains("HOOK_OUTCOME_UNKNOWN");
    }

    @Test
    void what_a_stopped_update_wanted_is_not_what_the_deployment_has() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.hooks("prod", World.hook("veto", HookPhase.PRE, """
                def execute(*args, **kwargs):
                    return HookResult.error('not today')
                """));
        Update vetoed = world.deploy(World.request("CHURN", "v2", "prod"));

        assertThat(vetoed.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().bundleId()).isEqualTo("v1");
    }

    private Update queued(String bundle) {
        Update update = world.submit(World.request("CHURN", bundle, "prod").queue(true).build());
        await().atMost(Duration.ofSeconds(90)).until(() -> now(update).status() == UpdateStatus.QUEUED && now(update).phase() != null);
        return update;
    }

    private Update now(Update update) {
        return world.deployer().records().update(update.number()).orElseThrow();
    }
}
