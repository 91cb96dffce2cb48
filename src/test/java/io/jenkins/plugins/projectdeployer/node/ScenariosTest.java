package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScenariosTest extends OnEmbeddedNode {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void scenarios_are_listed() throws Exception {
        assertThat(deployed().scenarios().list())
                .containsExactlyInAnyOrder(
                        new Scenarios.Summary("TRAIN", "TRAIN", false, false, false),
                        new Scenarios.Summary("TEST_SMOKE", "TEST_SMOKE", false, false, true));
    }

    @Test
    void a_run_that_starts_late_and_takes_time_is_waited_for() throws Exception {
        NodeProject project = deployed();
        server.state().scenarioStartDelay(Duration.ofMillis(300));
        ends("TRAIN", ScenarioOutcome.ends("SUCCESS").after(Duration.ofMillis(300)));

        var outcome = project.scenarios().run("TRAIN").await(LIMIT, JobProgress.NONE);

        assertThat(outcome.passed()).isTrue();
        assertThat(outcome.runId()).isNotBlank();
        assertThat(server.calls().stream().filter(call -> call.line().endsWith("/run"))).hasSize(1);
    }

    @Test
    void a_failed_run_says_why() throws Exception {
        NodeProject project = deployed();
        ends("TRAIN", ScenarioOutcome.ends("FAILED").saying("No rows"));

        var outcome = project.scenarios().run("TRAIN").await(LIMIT, JobProgress.NONE);

        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.outcome()).isEqualTo("FAILED");
        assertThat(outcome.message()).isEqualTo("No rows");
    }

    @Test
    void a_run_that_the_node_does_not_begin_because_one_is_under_way_is_told_apart() throws Exception {
        NodeProject project = deployed();
        ends("TRAIN", ScenarioOutcome.ends("SUCCESS").after(Duration.ofMinutes(5)));
        project.scenarios().run("TRAIN");

        var second = project.scenarios().run("TRAIN").await(LIMIT, JobProgress.NONE);

        assertThat(second.outcome()).isEqualTo("CANCELLED");
        assertThat(second.passed()).isFalse();
    }

    @Test
    void a_run_that_outlasts_its_limit_fails_and_goes_on() throws Exception {
        NodeProject project = deployed();
        ends("TRAIN", ScenarioOutcome.ends("SUCCESS").after(Duration.ofMinutes(5)));
        ScenarioRun run = project.scenarios().run("TRAIN");

        NodeException e = catchThrowableOfType(
                NodeException.class, () -> run.await(Duration.ofMillis(500), JobProgress.NONE));

        assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(e).hasMessageContaining("has not finished within 500 ms (POST /projects/CHURN/scenarios/TRAIN/run)");
        assertThat(server.state().project("CHURN").scenario("TRAIN").runs().get(0).outcome()).isNull();
    }

    @Test
    void who_cancels_the_wait_aborts_the_scenario() throws Exception {
        deployed();
        ends("TRAIN", ScenarioOutcome.ends("SUCCESS").after(Duration.ofMinutes(5)));
        Cancellation cancellation = new Cancellation();
        ScenarioRun run = node.watching(cancellation).project("CHURN").scenarios().run("TRAIN");
        CompletableFuture<NodeException> failure = CompletableFuture.supplyAsync(() ->
                catchThrowableOfType(NodeException.class, () -> run.await(LIMIT, running -> cancellation.cancel())));

        assertThat(failure.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(failure.get()).hasMessageContaining("was told to stop");
        await().untilAsserted(() -> assertThat(
                        server.state().project("CHURN").scenario("TRAIN").runs().get(0).outcome())
                .isEqualTo("ABORTED"));
    }

    @Test
    void a_run_is_never_started_twice_even_where_its_answer_is_lost() throws Exception {
        NodeProject project = deployed();
        server.faults().on("POST", "*/run").once(new io.jenkins.plugins.projectdeployer.embedded.Fault.CutReply(-1));

        NodeException e = catchThrowableOfType(
                NodeException.class, () -> project.scenarios().run("TRAIN"));

        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(server.state().project("CHURN").scenario("TRAIN").runs()).hasSize(1);
    }

    private void ends(String scenario, ScenarioOutcome outcome) {
        server.state().scenarioEnds("CHURN", scenario, outcome);
    }
}
