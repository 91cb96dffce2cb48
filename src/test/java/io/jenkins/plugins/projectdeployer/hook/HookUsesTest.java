package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The four uses of hooks that Dataiku names (A5.18), each in both engines. */
class HookUsesTest {
    @TempDir
    Path directory;

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient ok = new OkHttpClient();
    private Hooks hooks;

    @BeforeEach
    void open() throws Exception {
        server.start();
        hooks = new Hooks(directory);
    }

    @AfterEach
    void close() {
        hooks.close();
        server.close();
        ok.dispatcher().executorService().shutdown();
    }

    private static String resource(String name) throws Exception {
        try (var in = HookUsesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HookOutcome run(String engine, String hook, Map<String, String> secrets) throws Exception {
        HookArguments.Report report = new HookArguments.Report(HookStatus.WARNING, List.of("Deployed v12", "slow"));
        return hooks.run(Hooks.hook(Hooks.engine(engine), resource(hook))
                .arguments(new HookArguments("alice", "CHURN-on-prod", report, "svc_deploy", "CHURN"))
                .secrets(secrets)
                .automation(new OkHookHttp(ok, server.url("/"), "Basic a2V5Og==")));
    }

    private static MockResponse json(String body) {
        return new MockResponse.Builder().addHeader("Content-Type", "application/json").body(body).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_ticket_is_opened_in_a_tracker(String engine) throws Exception {
        server.enqueue(json("{\"key\":\"OPS-7\"}"));
        HookOutcome outcome = run(
                engine, "ticket.py", Map.of("tracker-url", server.url("/").toString(), "tracker-token", "t0p-s3cret"));
        assertThat(outcome.message()).isEqualTo("Opened OPS-7");
        RecordedRequest request = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer t0p-s3cret");
        assertThat(request.getBody().utf8()).contains("CHURN-on-prod").contains("alice").contains("WARNING");
        assertThat(outcome.output()).isEqualTo("asked the tracker with ****\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_message_is_sent_to_a_channel(String engine) throws Exception {
        server.enqueue(new MockResponse.Builder().body("ok").build());
        String webhook = server.url("/hooks/T0K3N").toString();
        HookOutcome outcome = run(engine, "chat.py", Map.of("chat-webhook", webhook));
        assertThat(outcome.status()).isEqualTo(HookStatus.SUCCESS);
        RecordedRequest request = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(request.getTarget()).isEqualTo("/hooks/T0K3N");
        assertThat(HookJson.parse(request.getBody().toByteArray()).path("text").asText())
                .isEqualTo("CHURN-on-prod by alice: WARNING\n- Deployed v12\n- slow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_scenario_of_the_deployed_project_is_run(String engine) throws Exception {
        AtomicInteger looks = new AtomicInteger();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String target = request.getTarget();
                if (target.endsWith("/projects/CHURN/scenarios/WARM_UP/run")) {
                    return json("{\"runId\":\"fire 1\",\"trigger\":{\"id\":\"manual\"},\"cancelled\":false}");
                }
                if (target.endsWith("/get-run-for-trigger?triggerId=manual&triggerRunId=fire%201")) {
                    return json(looks.incrementAndGet() == 1 ? "{}" : run(""));
                }
                return target.endsWith("/projects/CHURN/scenarios/WARM_UP/r1/")
                        ? json(run(",\"result\":{\"outcome\":\"SUCCESS\"}"))
                        : new MockResponse.Builder().code(500).body(target).build();
            }

            private String run(String result) {
                return "{\"scenarioRun\":{\"runId\":\"r1\",\"scenario\":{\"projectKey\":\"CHURN\",\"id\":\"WARM_UP\"}"
                        + result + "}}";
            }
        });
        assertThat(run(engine, "scenario.py", Map.of()).message()).isEqualTo("WARM_UP ended with SUCCESS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_group_becomes_administrator_of_the_deployed_project(String engine) throws Exception {
        server.enqueue(json("{\"owner\":\"bob\",\"permissions\":[{\"group\":\"readers\",\"readDashboards\":true}]}"));
        server.enqueue(new MockResponse.Builder().build());
        assertThat(run(engine, "administrators.py", Map.of()).message()).isEqualTo("operators administer CHURN");
        server.takeRequest(1, TimeUnit.SECONDS);
        RecordedRequest put = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(put.getMethod()).isEqualTo("PUT");
        assertThat(HookJson.parse(put.getBody().toByteArray()).path("permissions"))
                .containsExactly(
                        HookJson.object().put("group", "readers").put("readDashboards", true),
                        HookJson.object().put("group", "operators").put("admin", true));
    }
}
