package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an update says: one line each, once, and what to do. */
class WhatIsSaidTest {

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void start() {
        world = new World(home).infrastructure("prod", "Production");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).scenario("NIGHTLY").testScenario("TEST_SMOKE").owner("alice");
    }

    private EmbeddedNode node() {
        return world.node("prod");
    }

    private static List<Message> of(Update update, String code) {
        return update.messages().stream().filter(message -> message.code().equals(code)).toList();
    }

    @Test
    void text_from_outside_writes_no_line_of_its_own() {
        String forged = "x\nERROR everything is lost\u001b[2J";
        world.publish(churn("v1").scenario(forged));
        Update update = world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(of(update, "SCENARIO_OFF")).extracting(Message::text).anyMatch(text -> text.contains("everything is lost"));
        assertThat(update.messages()).extracting(Message::text).noneMatch(text -> text.contains("\n") || text.contains("\u001b"));
        assertThat(world.lines()).noneMatch(line -> line.contains("\n") || line.contains("\u001b"));
        assertThat(Message.error("A\nB", "x\ny").onNode("n\nm"))
                .isEqualTo(new Message(Message.Severity.ERROR, "A\\u000aB", "x\\u000ay", "n\\u000am"));
    }

    @ParameterizedTest
    @CsvSource(value = {"'', prod, project", "-, prod, project", "CHURN, ' ', infrastructure", "CHURN, -, infrastructure"}, nullValues = "-")
    void a_request_without_project_or_infrastructure_is_not_taken(String project, String infrastructure, String missing) {
        assertThatThrownBy(() -> world.submit(DeployRequest.of("key", "alice", project, infrastructure).bundle("v1").build()))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Refused.Reason.INVALID);
                    assertThat(refused.getMessage()).startsWith(missing + " is missing: ");
                });
        assertThat(world.deployer().records().openUpdates()).isEmpty();
    }

    @Test
    void a_name_that_is_taken_is_told_to_whoever_has_given_none() {
        world.publish(churn("v1"));
        world.publish(BundleZip.of("OTHER", "v1"));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod").deploymentId("OTHER-on-prod")).status()).isEqualTo(UpdateStatus.SUCCESS);

        assertThat(world.deploy(World.request("OTHER", "v1", "prod")).messages()).extracting(Message::text).containsExactly(
                "A new deployment would be called OTHER-on-prod, and another one is called that already; give this one a name with"
                        + " deploymentId.");
        assertThat(world.deploy(World.request("OTHER", "v1", "prod").deploymentId("mine").targetProject("CHURN")).messages())
                .extracting(Message::text).containsExactly("Project CHURN on infrastructure prod belongs to another deployment;"
                        + " choose another targetProject.");
    }

    @Test
    void what_was_said_before_a_restart_is_not_said_again() {
        world.publish(churn("v1"));
        node().faults().on("GET", "*/scenarios/NIGHTLY*").once(new Fault.Hang());
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        await().atMost(Duration.ofSeconds(60)).until(() -> of(now(update), "SCENARIO_OFF").size() == 2
                && node().calls().stream().anyMatch(call -> call.path().contains("/scenarios/NIGHTLY")));

        Update ended = world.restart().await(update);

        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(ended.phases()).extracting(Update.PhaseRun::phase).doesNotHaveDuplicates();
        assertThat(ended.messages()).doesNotHaveDuplicates();
        assertThat(of(ended, "SCENARIO_OFF")).hasSize(2);
    }

    private Update now(Update update) {
        return world.deployer().records().update(update.number()).orElseThrow();
    }

    @Test
    void a_failed_way_back_says_what_failed_and_what_is_where() {
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.publish(churn("v2"));
        world.barrier(place -> {
            if (place.equals("before SECURE")) {
                node().state().revoke(node().key());
            }
        });
        Update update = world.deploy(World.request("CHURN", "v2", "prod").onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(of(update, "UNAUTHORIZED")).doesNotHaveDuplicates();
        assertThat(of(update, "ROLL_BACK_FAILED")).singleElement().satisfies(message -> assertThat(message.text())
                .startsWith("Phase secure failed, and going back failed too")
                .contains("node prod", "bundle v2 active, activate done", "roll back update " + update.number() + " or deploy again"));
        assertThat(world.lines()).anyMatch(line -> line.contains("going back failed too"));
    }

    @Test
    void a_test_scenario_is_awaited_no_longer_than_calls_may_take_here() {
        world.nodeTimeouts(new NodeTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(4), Duration.ofSeconds(30)));
        world.publish(churn("v1"));
        node().state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.SUCCESS.after(Duration.ofHours(1)));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST_SMOKE")));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(of(update, "TIMEOUT")).singleElement().satisfies(message ->
                assertThat(message.text()).contains("has not finished within 4 s"));
    }

    @Test
    void a_test_scenario_that_runs_already_says_what_to_do() {
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        node().faults().on("POST", "*/scenarios/TEST_SMOKE/run").once(new Fault.Answer(200, "application/json", """
                {"scenarioId": "TEST_SMOKE", "cancelled": true, "runId": "2026-11-22-01", "trigger": {"id": "manual"}}"""));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST_SMOKE")));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(of(update, "TEST_NOT_RUN")).singleElement().satisfies(message -> assertThat(message.text())
                .contains("TEST_SMOKE", "was under way on the node already", "wait for its end or stop it there, then deploy again."));
    }
}
