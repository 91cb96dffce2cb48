package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.deployment.Barrier;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioRun;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PromotionHealth;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production takes what is on Test; how it is there now counts beside what its update ended as. */
class EarlierStageTest {

    private World world;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("test", "Test").infrastructure("prod", "Production");
        gate(PromotionHealth.WARNING);
        world.publish(BundleZip.of("CHURN", "v1").scenario("TRAIN"));
        world.publish(BundleZip.of("CHURN", "v2").scenario("TRAIN"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void gate(PromotionHealth health) {
        world.gate("Production", new StageGate(0, null, null, null, "Test", null, health, null, null));
    }

    private Update deploy(String bundle, String infrastructure) {
        return world.deploy(World.request("CHURN", bundle, infrastructure).settings(
                new SettingsChange(null, null, null, null, null, null, Map.of("TRAIN", true), null, null)));
    }

    private static String refusal(Update update) {
        return update.messages().stream().filter(message -> message.code().equals("NOT_PROMOTED")).map(Message::text).findFirst()
                .orElseThrow(() -> new AssertionError(update.status() + " " + update.messages()));
    }

    /** A look at a node holds for a while. */
    private void train(String outcome) {
        world.node("test").state().scenarioEnds("CHURN", "TRAIN", ScenarioOutcome.ends(outcome));
        world.post("test", "/projects/CHURN/scenarios/TRAIN/run");
        Awaitility.await().until(() -> {
            List<ScenarioRun> runs = world.node("test").state().project("CHURN").scenario("TRAIN").runs();
            return outcome.equals(runs.get(runs.size() - 1).outcome());
        });
        world.later(Duration.ofMinutes(1));
    }

    @Test
    void what_is_unwell_on_the_earlier_stage_may_not_come_until_it_is_well_again() {
        deploy("v1", "test");
        train("FAILED");
        assertThat(refusal(deploy("v1", "prod"))).endsWith("and ended SUCCESS, and it was active for 1 min; its health there is UNHEALTHY now.");
        assertThat(world.node("prod").state().findProject("CHURN")).isEmpty();

        train("WARNING");
        gate(PromotionHealth.HEALTHY);
        assertThat(refusal(deploy("v1", "prod"))).endsWith("its health there is WARNING now.");

        gate(PromotionHealth.WARNING);
        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void in_whose_place_somebody_has_activated_another_by_hand_is_there_no_more() {
        deploy("v1", "test");
        deploy("v2", "test");
        Gated.activateByHand(world, "test", "v1");

        assertThat(refusal(deploy("v2", "prod"))).endsWith("its health there is OUT_OF_SYNC now.");
        gate(PromotionHealth.DEPLOYED);
        assertThat(deploy("v2", "prod").status()).as("it asks for no health").isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void of_what_was_there_before_another_bundle_the_outcome_of_its_update_counts_alone() {
        deploy("v1", "test");
        world.later(Duration.ofMinutes(5));
        deploy("v2", "test");
        train("FAILED");

        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void an_update_that_failed_with_its_bundle_active_is_enough_for_a_gate_that_asks_for_no_health() {
        Update update = world.deploy(World.request("CHURN", "v1", "test").testScenarios(List.of("NOT_THERE")));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.FAILED);
        assertThat(refusal(deploy("v1", "prod"))).contains("ended FAILED");

        gate(PromotionHealth.DEPLOYED);
        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_bundle_that_is_active_on_one_node_of_two_has_not_been_there() {
        world.infrastructure("pair", "Test", 2);
        gate(PromotionHealth.DEPLOYED);
        world.node("pair-2").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        deploy("v1", "pair");
        assertThat(world.node("pair-1").state().project("CHURN").activeBundleId()).isEqualTo("v1");

        assertThat(refusal(deploy("v1", "prod"))).contains("it has not been active there");
    }

    @Test
    void a_page_says_what_was_seen_last_and_asks_no_node() {
        deploy("v1", "test");
        train("FAILED");
        assertThat(mayI()).as("nobody has looked").doesNotContain("PROMOTION");
        refusal(deploy("v1", "prod"));
        int calls = world.node("test").calls().size();

        assertThat(mayI()).contains("PROMOTION", "its health there is UNHEALTHY now");
        assertThat(world.node("test").calls()).hasSize(calls);
    }

    @Test
    void a_node_that_is_back_is_asked_at_once() {
        deploy("v1", "test");
        world.node("test").faults().on("GET", "*").always(new Fault.DataikuError(500, "java.lang.RuntimeException", "starting"));
        world.later(Duration.ofMinutes(1));
        assertThat(refusal(deploy("v1", "prod"))).endsWith("its health there is ERROR now.");
        world.later(Duration.ofSeconds(40));
        assertThat(refusal(deploy("v1", "prod"))).endsWith("its health there is ERROR now.");

        world.node("test").faults().clear();
        // Half a minute, for which a look holds; a page would not ask for a whole one.
        world.later(Duration.ofSeconds(31));
        assertThat(deploy("v1", "prod").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    /** Approved, and then no node of the earlier stage answers. */
    private Update approvedWhileSilent() {
        world.gate("Production", new StageGate(1, List.of(RELEASE), null, null, "Test", null, null, null, null));
        Gated.people(world);
        world.change("prod", Gated::readable);
        deploy("v1", "test");
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        Awaitility.await().until(() -> world.deployer().records().update(update.number()).orElseThrow().status() == UpdateStatus.WAITING);
        world.node("test").faults().on("GET", "*").always(new Fault.HtmlError(503, "Bad gateway"));
        world.later(Duration.ofMinutes(5));
        world.deployer().approvals().approve("dave", update.number(), null, new Approvals.Seen(1, null));
        return update;
    }

    @Test
    void an_approved_update_waits_a_minute_for_a_node_of_the_earlier_stage_that_does_not_answer() {
        Update update = approvedWhileSilent();
        CompletableFuture<Update> end = CompletableFuture.supplyAsync(() -> world.await(update));
        Awaitility.await().until(() -> world.lines().contains("gate: waits: a node of stage Test does not answer; it is asked again for 1 min"));
        world.node("test").faults().clear();

        assertThat(end.join().status()).as("%s", end.join().messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void one_that_does_not_answer_for_longer_ends_the_update_and_so_it_is_right_before_the_first_touch() {
        Update update = approvedWhileSilent();
        CompletableFuture<Update> end = CompletableFuture.supplyAsync(() -> world.await(update));
        Awaitility.await().until(() -> world.lines().stream().anyMatch(line -> line.contains("does not answer; it is asked again")));
        world.later(Duration.ofSeconds(61));
        assertThat(refusal(end.join())).endsWith("its health there is ERROR now.");

        world.node("test").faults().clear();
        world.gate("Production", new StageGate(0, null, null, null, "Test", null, null, null, null));
        world.barrier(place -> {
            if (place.equals("before RECHECK") && world.node("prod").state().findProject("CHURN").isEmpty()) {
                world.later(Duration.ofMinutes(1));
                world.node("test").faults().on("GET", "*").always(new Fault.HtmlError(503, "Bad gateway"));
            }
        });
        CompletableFuture<Update> second = CompletableFuture.supplyAsync(() -> deploy("v1", "prod"));
        Awaitility.await().until(() -> world.lines().stream().filter(line -> line.contains("does not answer; it is asked again")).count() == 2);
        world.barrier(Barrier.NONE);
        world.node("test").faults().clear();
        assertThat(second.join().status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    private String mayI() {
        try (var body = world.deployer().ownApi().answer("GET", "/access/may", "project=CHURN&infrastructure=prod&bundle=v1", name -> null, null,
                world.people().person("alice")).body().open()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void it_is_asked_again_when_the_wait_for_approvals_ends() {
        world.gate("Production", new StageGate(1, List.of(RELEASE), null, null, "Test", Span.of("1s"), null, null, null));
        Gated.people(world);
        world.change("prod", Gated::readable);
        deploy("v1", "test");
        world.later(Duration.ofMinutes(1));
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        Awaitility.await().until(() -> world.deployer().records().update(update.number()).orElseThrow().status() == UpdateStatus.WAITING);
        train("FAILED");
        world.deployer().approvals().approve("dave", update.number(), null, new Approvals.Seen(1, null));

        assertThat(refusal(world.await(update))).endsWith("its health there is UNHEALTHY now.");
    }
}
