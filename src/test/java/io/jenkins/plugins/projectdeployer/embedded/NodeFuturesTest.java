package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeFuturesTest {
    private static final String ACTIVATE = "/projects/CHURN/bundles/imported/v2/actions/activate";

    private final EmbeddedNode node = EmbeddedNode.start("prod");
    private final Probe alice = new Probe(node).as("alice");

    @BeforeEach
    void deploy() throws Exception {
        alice.deploy(BundleZip.of("CHURN", "v1").testScenario("SMOKE"));
        alice.upload("/projects/CHURN/bundles/imported/actions/importFromStream", BundleZip.of("CHURN", "v2").testScenario("SMOKE").bytes());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private JsonNode awaitEnd(JsonNode future) {
        return Awaitility.await().until(() -> alice.get("/futures/" + future.path("jobId").asText() + "?peek=false").json(),
                state -> !state.path("alive").asBoolean(true));
    }

    @Test
    void a_short_task_answers_at_once_without_a_job() throws Exception {
        JsonNode answer = alice.post(ACTIVATE, Json.object()).json();
        assertThat(answer.path("hasResult").asBoolean()).isTrue();
        assertThat(answer.has("jobId")).isFalse();
    }

    @Test
    void a_long_task_is_polled_and_peeking_does_not_fetch() throws Exception {
        node.state().futures().takes("activate", Duration.ofMinutes(5));
        JsonNode answer = alice.post(ACTIVATE, Json.object()).json();
        assertThat(answer.path("hasResult").asBoolean(true)).isFalse();
        assertThat(answer.path("alive").asBoolean()).isTrue();
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        node.state().futures().finishNow();
        JsonNode end = awaitEnd(answer);
        assertThat(end.at("/result/error").asBoolean(true)).isFalse();
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v2");
        JsonNode peeked = alice.get("/futures/" + answer.path("jobId").asText() + "?peek=True").json();
        assertThat(peeked.path("hasResult").asBoolean()).isTrue();
        assertThat(peeked.has("result")).isFalse();
    }

    @Test
    void a_task_can_be_aborted_before_its_work_is_done() throws Exception {
        node.state().futures().takes("activate", Duration.ofMinutes(5));
        JsonNode answer = alice.post(ACTIVATE, Json.object()).json();
        assertThat(alice.get("/futures/").json()).hasSize(1);
        alice.delete("/futures/" + answer.path("jobId").asText());
        JsonNode state = alice.get("/futures/" + answer.path("jobId").asText()).json();
        assertThat(state.path("aborted").asBoolean()).isTrue();
        assertThat(state.path("hasResult").asBoolean(true)).isFalse();
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(node.state().futures().aborted()).isEqualTo(1);
    }

    @Test
    void a_task_can_end_in_each_bad_way_and_then_changes_nothing() throws Exception {
        for (Futures.BadEnd bad : Futures.BadEnd.values()) {
            node.state().futures().nextEnds("activate", bad);
            JsonNode answer = alice.post(ACTIVATE, Json.object()).json();
            String poll = "/futures/" + answer.path("jobId").asText();
            Probe.Answer end = Awaitility.await().until(() -> alice.get(poll), a -> !a.json().path("alive").asBoolean(false));
            assertThat(end.json().path("hasResult").asBoolean(false)).as(bad.name()).isFalse();
            switch (bad) {
                case FAILS -> assertThat(end.status()).isEqualTo(500);
                case DIES -> assertThat(end.json().path("aborted").asBoolean(true)).isFalse();
                case FORGOTTEN -> assertThat(end.json().path("unknown").asBoolean()).isTrue();
                case ABORTED -> assertThat(end.json().path("aborted").asBoolean()).isTrue();
            }
            assertThat(node.state().project("CHURN").activeBundleId()).as(bad.name()).isEqualTo("v1");
        }
    }

    @Test
    void a_scenario_runs_from_fire_to_outcome() throws Exception {
        node.state()
                .scenarioStartDelay(Duration.ofMinutes(1))
                .scenarioEnds("CHURN", "SMOKE", ScenarioOutcome.ends("FAILED").after(Duration.ofMinutes(10)).saying("rows missing"));
        JsonNode fire = alice.post("/projects/CHURN/scenarios/SMOKE/run", Json.object()).json();
        String find = "/projects/CHURN/scenarios/SMOKE/get-run-for-trigger?triggerId=" + fire.at("/trigger/id").asText()
                + "&triggerRunId=" + fire.path("runId").asText();
        assertThat(alice.get(find).json()).isEmpty();
        JsonNode second = alice.post("/projects/CHURN/scenarios/SMOKE/run", Json.object()).json();
        assertThat(second.path("cancelled").asBoolean()).as("it runs already").isTrue();
        node.state().passTime(Duration.ofMinutes(2));
        assertThat(alice.get(find).json().path("scenarioRun").has("result")).as("it runs").isFalse();
        node.state().passTime(Duration.ofMinutes(10));
        JsonNode run = alice.get(find).json();
        assertThat(run.at("/scenarioRun/result/outcome").asText()).isEqualTo("FAILED");
        JsonNode details = alice.get("/projects/CHURN/scenarios/SMOKE/" + run.at("/scenarioRun/runId").asText() + "/").json();
        assertThat(details.at("/stepRuns/0/result/thrown/message").asText()).isEqualTo("rows missing");
        String junit = alice.get("/projects/CHURN/scenarios/last-test-scenario-runs-report?bundleId=v1").text();
        assertThat(junit).contains("failures=\"1\"").contains("rows missing");
        assertThat(alice.get("/projects/CHURN/scenarios/testing-status?bundleId=v1").json().at("/nbScenariosPerOutcome/FAILED").asInt()).isEqualTo(1);
        assertThat(alice.get("/projects/CHURN/scenarios/testing-status?bundleId=v2").json().path("nbTotalRanScenarios").asInt()).isZero();
    }

    @Test
    void a_running_scenario_can_be_aborted() throws Exception {
        node.state().scenarioEnds("CHURN", "SMOKE", ScenarioOutcome.SUCCESS.after(Duration.ofMinutes(5)));
        alice.post("/projects/CHURN/scenarios/SMOKE/run", Json.object());
        assertThat(alice.get("/projects/CHURN/scenarios/SMOKE/light").json().path("running").asBoolean()).isTrue();
        alice.post("/projects/CHURN/scenarios/SMOKE/abort");
        assertThat(node.state().project("CHURN").scenario("SMOKE").runs().get(0).outcome()).isEqualTo("ABORTED");
    }

    @Test
    void outcomes_can_hang_on_the_active_bundle_and_on_the_run_as_user() throws IOException {
        node.state().scenarioEnds("CHURN", "SMOKE", "v2", ScenarioOutcome.ends("FAILED"));
        assertThat(outcome()).isEqualTo("SUCCESS");
        alice.post(ACTIVATE, Json.object());
        assertThat(outcome()).isEqualTo("FAILED");
        alice.post("/projects/CHURN/bundles/imported/v1/actions/activate", Json.object());
        node.state().directory().enabled("alice", false);
        assertThat(outcome()).as("its last editor is disabled").isEqualTo("FAILED");
    }

    private String outcome() throws IOException {
        new Probe(node).post("/projects/CHURN/scenarios/SMOKE/run", Json.object());
        var runs = node.state().project("CHURN").scenario("SMOKE").runs();
        return Awaitility.await().until(() -> runs.get(runs.size() - 1).outcome(), end -> end != null);
    }
}
