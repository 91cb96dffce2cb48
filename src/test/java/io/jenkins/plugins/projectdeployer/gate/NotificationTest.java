package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.GateWebhook;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is to be told is told, and nobody who is not waits for it. */
class NotificationTest {

    @TempDir
    Path home;

    private static StageGate gate(String url) {
        return new StageGate(1, List.of(RELEASE), null, null, null, null, null, null, List.of(new GateWebhook(url, "chat")));
    }

    @Test
    void requests_and_outcomes_are_posted_with_a_signature_over_the_body() throws Exception {
        try (MockWebServer server = new MockWebServer(); World world = new World(home)) {
            server.start();
            for (int i = 0; i < 10; i++) {
                server.enqueue(new MockResponse.Builder().code(204).build());
            }
            world.secret("chat", "s3cret");
            Gated gated = new Gated(world, gate(server.url("/in/box").toString()));
            Update update = gated.ask();
            JsonNode requested = body(server);
            gated.approvals().approve("dave", update.number(), "tests \u2028 are green", new Approvals.Seen(1, null));
            gated.end(update);

            assertThat(requested.path("event").asText()).isEqualTo("REQUESTED");
            assertThat(requested.path("update").asLong()).isEqualTo(update.number());
            assertThat(requested.path("deployment").asText()).isEqualTo("CHURN-on-prod");
            assertThat(requested.path("requestedBy").get(0).asText()).isEqualTo("alice");
            JsonNode approved = body(server);
            assertThat(approved.path("event").asText()).isEqualTo("APPROVED");
            assertThat(approved.path("by").asText()).isEqualTo("dave");
            assertThat(approved.path("text").asText()).contains("tests \\u2028 are green");
            assertThat(body(server).path("event").asText()).isEqualTo("PASSED");
        }
    }

    private static JsonNode body(MockWebServer server) throws Exception {
        RecordedRequest request = server.takeRequest(30, TimeUnit.SECONDS);
        assertThat(request).as("a message").isNotNull();
        byte[] body = request.getBody().toByteArray();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(request.getHeaders().get("X-Project-Deployer-Signature"))
                .isEqualTo("sha256=" + java.util.HexFormat.of().formatHex(mac.doFinal(body)));
        return Json.MAPPER.readTree(body);
    }

    @Test
    void a_webhook_that_fails_touches_no_deployment() {
        try (World world = new World(home)) {
            List<GateNews> told = new CopyOnWriteArrayList<>();
            world.notifier(news -> {
                told.add(news);
                throw new IllegalStateException("no mail today");
            });
            // No such credential, and nobody at the address.
            Gated gated = new Gated(world, gate("http://127.0.0.1:1/"));
            Update update = gated.ask();
            gated.approve("dave", update);

            assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
            await().untilAsserted(() -> assertThat(told).hasSize(3));
        }
    }

    @Test
    void a_mail_server_that_does_not_answer_holds_up_no_webhook() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (MockWebServer server = new MockWebServer(); World world = new World(home)) {
            server.start();
            server.enqueue(new MockResponse.Builder().code(204).build());
            server.enqueue(new MockResponse.Builder().code(204).build());
            world.secret("chat", "s3cret").breaksGlass("erin").notifier(news -> never.await());
            Gated gated = new Gated(world, gate(server.url("/in").toString()));
            gated.world.deployer().emergencies().breakGlass("erin", "CHURN", "prod", Duration.ofHours(1), "fire");
            gated.world.deployer().emergencies().breakGlass("erin", "CHURN", "prod", Duration.ofHours(2), "a larger one");

            assertThat(body(server).path("brokenGlass").path("reason").asText()).isEqualTo("fire");
            assertThat(body(server).path("brokenGlass").path("reason").asText()).isEqualTo("a larger one");
        }
    }

    @Test
    void a_redirect_is_not_followed_and_a_busy_receiver_is_tried_again() throws Exception {
        try (MockWebServer server = new MockWebServer(); MockWebServer elsewhere = new MockWebServer()) {
            server.start();
            elsewhere.start();
            server.enqueue(new MockResponse.Builder().code(503).build());
            server.enqueue(new MockResponse.Builder().code(200).build());
            Webhooks webhooks = new Webhooks(new okhttp3.OkHttpClient(), id -> "s3cret", update -> null, java.time.Duration.ofMillis(1));
            webhooks.tell(news(server.url("/").toString()));
            assertThat(server.getRequestCount()).isEqualTo(2);

            server.enqueue(new MockResponse.Builder().code(302).setHeader("Location", elsewhere.url("/").toString()).build());
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> webhooks.tell(news(server.url("/token-in-path").toString())))
                    .hasMessageContaining("answered 302").hasMessageNotContaining("token-in-path");
            assertThat(elsewhere.getRequestCount()).isZero();
        }
    }

    @Test
    void broken_glass_is_told_also_where_nothing_waits() throws Exception {
        try (MockWebServer server = new MockWebServer(); World world = new World(home)) {
            server.start();
            server.enqueue(new MockResponse.Builder().code(204).build());
            world.secret("chat", "s3cret").breaksGlass("erin");
            Gated gated = new Gated(world, gate(server.url("/in").toString()));
            gated.world.deployer().emergencies().breakGlass("erin", "CHURN", "prod", Duration.ofHours(1), "fire");

            JsonNode told = body(server);
            assertThat(told.path("event").asText()).isEqualTo("GLASS_BROKEN");
            assertThat(told.path("project").asText()).isEqualTo("CHURN");
            assertThat(told.path("infrastructure").asText()).isEqualTo("prod");
            assertThat(told.path("brokenGlass").path("reason").asText()).isEqualTo("fire");
            assertThat(told.path("update").isMissingNode()).isTrue();
        }
    }

    @Test
    void approvals_that_are_owed_too_long_are_reminded_of_once_a_day() throws Exception {
        List<GateNews> told = new CopyOnWriteArrayList<>();
        try (World world = new World(home)) {
            world.breaksGlass("erin").notifier(told::add);
            Gated gated = new Gated(world, World.approvals(1, RELEASE));
            world.deployer().emergencies().breakGlass("erin", "CHURN", "prod", Duration.ofHours(1), "fire");
            Update update = world.deploy(World.request("CHURN", "v1", "prod"));
            Instant due = gated.request(update.number()).followUpBy();
            AtomicReference<Instant> now = new AtomicReference<>(due.minusMillis(200));
            InstantSource clock = now::get;
            try (Alarms alarms = new Alarms(clock.withZone(ZoneOffset.UTC)); Notifications notifications = new Notifications(List.of(told::add))) {
                new FollowUps(world.deployer().records(), new Gatekeeper(world::configuration, world.people(), world.deployer().records(),
                        new Editors(world.deployer().records().gates(), world.clock()), (deployment, least) -> Optional.empty(),
                        world.clock()), alarms, notifications, clock.withZone(ZoneOffset.UTC)).resume();
                now.set(due.plusSeconds(60));

                await().untilAsserted(() -> assertThat(told).filteredOn(news -> news.kind() == GateNews.Kind.FOLLOW_UP_OVERDUE)
                        .singleElement().satisfies(news -> {
                            assertThat(news.request().update()).isEqualTo(update.number());
                            assertThat(news.text()).contains("0 of 1 approval is there, owed since " + Moment.words(due));
                        }));
            }
            assertThat(FollowUps.next(due, due)).isEqualTo(due.plus(FollowUps.EVERY));
            assertThat(FollowUps.next(due, due.plus(Duration.ofHours(25)))).isEqualTo(due.plus(Duration.ofHours(48)));
        }
    }

    @Test
    void a_directory_that_does_not_answer_a_reminder_holds_up_no_other_alarm() throws Exception {
        try (World world = new World(home)) {
            world.breaksGlass("erin");
            Gated gated = new Gated(world, World.approvals(2, RELEASE));
            world.deployer().emergencies().breakGlass("erin", "CHURN", "prod", Duration.ofHours(1), "fire");
            Update update = world.deploy(World.request("CHURN", "v1", "prod"));
            gated.approve("dave", update);
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch answered = new CountDownLatch(1);
            CountDownLatch rung = new CountDownLatch(1);
            world.meanwhile(() -> {
                asked.countDown();
                awaited(answered, 60);
            });
            try (Alarms alarms = new Alarms(world.clock()); Notifications notifications = new Notifications(List.of())) {
                new FollowUps(world.deployer().records(), new Gatekeeper(world::configuration, world.people(), world.deployer().records(),
                        new Editors(world.deployer().records().gates(), world.clock()), (deployment, least) -> Optional.empty(),
                        world.clock()), alarms, notifications, world.clock()).resume();
                assertThat(awaited(asked, 20)).isTrue();
                alarms.at(4711, world.clock().instant(), rung::countDown);

                assertThat(awaited(rung, 20)).isTrue();
            } finally {
                answered.countDown();
            }
        }
    }

    private static boolean awaited(CountDownLatch latch, int seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static GateNews news(String url) {
        java.time.Instant now = java.time.Instant.now();
        return GateNews.of(GateNews.Kind.REQUESTED, now, new io.jenkins.plugins.projectdeployer.model.ApprovalRequest(1, 1,
                io.jenkins.plugins.projectdeployer.model.ApprovalRequest.State.WAITING, "d", "P", "prod", "Production", "v1",
                List.of("alice"), gate(url), null, false, null, now, null, null, null, null, null, null), null, "text");
    }
}
