package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeJobsTest {

    private static final NodeRequest PRELOAD = NodeRequest.post(ApiPath.of("preload")).longCall();
    private static final String ALIVE = "{\"jobId\":\"j 1\",\"hasResult\":false,\"alive\":true,\"runningTime\":1500}";
    private static final String LIFELESS = "{\"jobId\":\"j 1\",\"hasResult\":false,\"alive\":false}";
    private static final String DONE = "{\"jobId\":\"j 1\",\"hasResult\":true,\"alive\":false,\"result\":{\"fatal\":false}}";

    private final MockWebServer server = new MockWebServer();
    private NodeHttp http;

    @BeforeEach
    void start() throws Exception {
        server.start();
        http = Nodes.http(server.url("/").toString());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_node_is_asked_less_and_less_often_and_at_least_every_two_seconds() {
        List<Duration> pauses = Stream.iterate(Waiting.FIRST_PAUSE, Waiting::after).limit(12).toList();

        assertThat(pauses).isSorted().startsWith(Duration.ofMillis(200), Duration.ofMillis(300))
                .endsWith(Duration.ofSeconds(2), Duration.ofSeconds(2))
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(2)) <= 0);
    }

    @Test
    void an_answer_that_names_no_job_is_the_result() throws Exception {
        answer("{\"fatal\":true}");
        answer("");

        assertThat(result().get("fatal").asBoolean()).isTrue();
        assertThat(result().isMissingNode()).isTrue();
    }

    @Test
    void a_job_that_is_done_at_once_is_not_asked_for() throws Exception {
        answer("{\"aborted\":false,\"hasResult\":true,\"result\":{\"success\":false}}");

        assertThat(result().has("success")).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void a_job_is_asked_for_until_it_has_its_result() throws Exception {
        answer(ALIVE);
        answer(ALIVE);
        answer(ALIVE);
        answer(DONE);
        List<Duration> progress = new ArrayList<>();

        JsonNode result = NodeJobs.result(http, PRELOAD, progress::add);

        assertThat(result.get("fatal").asBoolean(true)).isFalse();
        assertThat(progress).containsExactly(Duration.ofMillis(1500), Duration.ofMillis(1500), Duration.ofMillis(1500));
        server.takeRequest();
        assertThat(server.takeRequest().getRequestLine()).startsWith("GET /public/api/futures/j%201?peek=false ");
    }

    @Test
    void a_job_that_stops_living_is_asked_once_more_before_it_counts_as_failed() throws Exception {
        answer(LIFELESS);
        answer(DONE);
        assertThat(result().has("fatal")).isTrue();

        answer(ALIVE);
        answer(LIFELESS);
        answer(LIFELESS);
        NodeException e = failure(this::result);

        assertThat(e.kind()).isEqualTo(Kind.JOB_FAILED);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(e).hasMessageContaining("ended the job without a result (POST /preload)");
    }

    @Test
    void a_job_that_was_aborted_or_forgotten_has_failed() {
        answer(ALIVE);
        answer("{\"jobId\":\"j\",\"hasResult\":false,\"alive\":false,\"aborted\":true}");
        answer(ALIVE);
        answer("{\"jobId\":\"j\",\"hasResult\":false,\"alive\":false,\"unknown\":true}");

        assertThat(failure(this::result)).hasMessageContaining("told to stop by somebody else");
        assertThat(failure(this::result)).hasMessageContaining("does not know its job any more");
    }

    @Test
    void a_job_that_ends_in_an_error_says_the_error_and_which_call_began_it() {
        answer(ALIVE);
        server.enqueue(new MockResponse.Builder()
                .code(500)
                .body("{\"errorType\":\"CodedException\",\"message\":\"No space on device\"}")
                .build());

        NodeException e = failure(this::result);

        assertThat(e.kind()).isEqualTo(Kind.JOB_FAILED);
        assertThat(e.said()).contains("No space on device");
        assertThat(e.errorType()).contains("CodedException");
        assertThat(e).hasMessage("Node \"prod\" failed at it (POST /preload, HTTP 500): No space on device.");
    }

    @Test
    void a_job_without_a_name_cannot_be_waited_for() {
        answer("{\"hasResult\":false,\"alive\":true}");

        assertThat(failure(this::result)).hasMessageContaining("began a job without naming it");
    }

    @Test
    void a_job_that_outlasts_the_limit_is_not_waited_for_any_longer() {
        NodeHttp impatient = Nodes.http(server.url("/").toString(),
                new NodeTimeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMillis(600), Duration.ofMinutes(5)));
        for (int i = 0; i < 5; i++) {
            answer(ALIVE);
        }

        NodeException e = failure(() -> NodeJobs.result(impatient, PRELOAD, JobProgress.NONE));

        assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(e).hasMessageContaining("has not finished within 600 ms");
    }

    @Test
    void a_node_that_is_away_for_a_moment_is_asked_again() throws Exception {
        answer(ALIVE);
        for (int i = 0; i < 4; i++) {
            server.enqueue(new MockResponse.Builder().code(502).body("<html>").build());
        }
        answer(DONE);

        assertThat(result().has("fatal")).isTrue();
    }

    @Test
    void a_node_that_stays_away_is_given_up_and_the_outcome_is_open() {
        answer(ALIVE);
        for (int i = 0; i < 6; i++) {
            server.enqueue(new MockResponse.Builder().code(502).body("<html>").build());
        }

        NodeException e = failure(() -> NodeJobs.result(http, PRELOAD, JobProgress.NONE, Duration.ofMillis(1)));

        assertThat(e.kind()).isEqualTo(Kind.GATEWAY);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(e).hasMessageContaining("fell silent while it worked (POST /preload)");
    }

    @Test
    void who_cancels_stops_the_job_on_the_node() throws Exception {
        answer(ALIVE);
        answer("");
        Cancellation cancellation = new Cancellation();

        NodeException e =
                failure(() -> NodeJobs.result(http.watching(cancellation), PRELOAD, running -> cancellation.cancel()));

        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e).hasMessageContaining("the node was told to stop");
        server.takeRequest();
        assertThat(server.takeRequest(5, TimeUnit.SECONDS).getRequestLine()).startsWith("DELETE /public/api/futures/j%201 ");
    }

    @Test
    void an_interrupted_thread_stops_the_job_on_the_node_and_stays_interrupted() throws Exception {
        answer(ALIVE);
        answer("");

        NodeException e = failure(
                () -> NodeJobs.result(http, PRELOAD, running -> Thread.currentThread().interrupt()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        server.takeRequest();
        assertThat(server.takeRequest(5, TimeUnit.SECONDS).getMethod()).isEqualTo("DELETE");
    }

    @Test
    void who_cancels_while_the_node_is_silent_learns_that_it_could_not_be_told() {
        answer(ALIVE);
        server.enqueue(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        Cancellation cancellation = new Cancellation();

        NodeException e =
                failure(() -> NodeJobs.result(http.watching(cancellation), PRELOAD, running -> cancellation.cancel()));

        assertThat(e).hasMessageContaining("could not be told to stop");
    }

    private JsonNode result() throws NodeException {
        return NodeJobs.result(http, PRELOAD, JobProgress.NONE);
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }
}
