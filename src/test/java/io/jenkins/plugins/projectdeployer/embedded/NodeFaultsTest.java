package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request.Builder;
import okhttp3.tls.HandshakeCertificates;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeFaultsTest {
    private final EmbeddedNode node = EmbeddedNode.start("prod");
    private final Probe probe = new Probe(node);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_fault_hits_the_calls_it_names_as_often_as_it_says() throws Exception {
        node.faults().on("GET", "/projects/*").after(1).times(2, new Fault.DataikuError(500, "java.lang.RuntimeException", "Oops"));
        assertThat(probe.get("/projects/").status()).isEqualTo(200);
        assertThat(probe.get("/instance-info").status()).isEqualTo(200);
        assertThat(probe.get("/projects/").message()).isEqualTo("Oops");
        assertThat(probe.get("/projects/").status()).isEqualTo(500);
        assertThat(probe.get("/projects/").status()).isEqualTo(200);
    }

    @Test
    void a_proxy_in_front_answers_in_html() throws Exception {
        node.faults().on("*", "*").once(new Fault.HtmlError(504, "504 Gateway Time-out"));
        Probe.Answer answer = probe.get("/projects/");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(answer.text()).contains("504 Gateway Time-out");
    }

    @Test
    void an_upload_that_is_too_large_gets_its_413_and_changes_nothing() throws Exception {
        node.faults().on("POST", "/projectsFromBundle/").once(new Fault.HtmlError(413, "413 Request Entity Too Large"));
        byte[] zip = BundleZip.of("CHURN", "v1").entry("data", new byte[3 << 20]).filler(3 << 20).bytes();
        assertThat(probe.upload("/projectsFromBundle/", zip).status()).isEqualTo(413);
        assertThat(node.state().projectKeys()).isEmpty();
    }

    @Test
    void a_dropped_connection_answers_nothing_and_does_nothing() {
        node.faults().on("POST", "/projectsFromBundle/").always(new Fault.Drop());
        assertThatThrownBy(() -> probe.upload("/projectsFromBundle/", BundleZip.of("CHURN", "v1").bytes()))
                .isInstanceOf(IOException.class);
        assertThat(node.state().projectKeys()).isEmpty();
    }

    @Test
    void an_upload_cut_in_the_middle_leaves_nothing() {
        node.faults().on("POST", "/projectsFromBundle/").once(new Fault.CutUpload(100_000));
        byte[] zip = BundleZip.of("CHURN", "v1").filler(20 << 20).bytes();
        assertThatThrownBy(() -> probe.upload("/projectsFromBundle/", zip)).isInstanceOf(IOException.class);
        assertThat(node.state().projectKeys()).isEmpty();
    }

    @Test
    void a_lost_reply_is_a_deed_done_all_the_same() {
        node.faults().on("POST", "/projectsFromBundle/").once(new Fault.CutReply(0));
        assertThatThrownBy(() -> probe.upload("/projectsFromBundle/", BundleZip.of("CHURN", "v1").bytes()))
                .isInstanceOf(IOException.class);
        assertThat(node.state().projectKeys()).containsExactly("CHURN");
    }

    @Test
    void a_reply_cut_in_the_middle_is_an_error_of_the_connection() {
        node.faults().on("GET", "/admin/users/").once(new Fault.CutReply(50));
        assertThatThrownBy(() -> probe.get("/admin/users/")).isInstanceOf(IOException.class);
    }

    @Test
    void a_hanging_call_hangs_until_it_is_released() throws Exception {
        // Not a GET: the JDK's client sends those again by itself when a connection ends without an answer.
        node.faults().on("POST", "/projects/").once(new Fault.Hang());
        CompletableFuture<Object> call = CompletableFuture.supplyAsync(() -> {
            try {
                return probe.post("/projects/", Json.object());
            } catch (IOException e) {
                return e;
            }
        });
        Awaitility.await().until(() -> node.calls().size() == 1);
        assertThat(probe.get("/projects/").status()).as("others go on").isEqualTo(200);
        assertThat(call).isNotDone();
        node.faults().release();
        assertThat(call.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void something_else_can_happen_in_between() throws Exception {
        node.faults().on("GET", "/admin/users/").once(new Fault.Meanwhile(() -> node.state().directory().removeUser("bob")));
        assertThat(probe.get("/admin/users/").text()).doesNotContain("\"bob\"");
    }

    @Test
    void a_node_that_is_down_refuses_connections_and_comes_back_at_the_same_place() throws Exception {
        String url = node.url();
        node.down();
        assertThatThrownBy(() -> probe.get("/projects/")).isInstanceOf(ConnectException.class);
        node.up();
        assertThat(node.url()).isEqualTo(url);
        assertThat(probe.get("/projects/").status()).isEqualTo(200);
    }

    @Test
    void a_closed_node_lets_go_of_what_hangs() throws Exception {
        EmbeddedNode other = EmbeddedNode.start("other");
        other.faults().on("*", "*").always(new Fault.Hang());
        CompletableFuture<Object> call = CompletableFuture.supplyAsync(() -> {
            try {
                return new Probe(other).post("/projects/", Json.object());
            } catch (IOException e) {
                return e;
            }
        });
        Awaitility.await().until(() -> other.calls().size() == 1);
        other.close();
        assertThat(call.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void calls_are_noted_in_order_with_who_they_were_made_for_and_without_the_key() throws Exception {
        probe.as("alice").get("/projects/?includeLocation=True");
        probe.get("/projects/NO%20SUCH/settings");
        assertThat(node.calls()).extracting(Call::line).containsExactly("GET /projects/", "GET /projects/NO%20SUCH/settings");
        assertThat(node.calls()).extracting(Call::proxyUser).containsExactly("alice", null);
        assertThat(node.calls()).extracting(Call::status).containsExactly(200, 401);
        assertThat(node.calls().get(0).headers()).containsEntry("Authorization", "Basic");
        assertThat(node.calls().toString()).doesNotContain(node.key());
    }

    @Test
    void latency_delays_every_call() throws Exception {
        try (EmbeddedNode slow = EmbeddedNode.builder().latency(Duration.ofMillis(120)).start()) {
            long start = System.nanoTime();
            new Probe(slow).get("/projects/");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void over_https_the_certificate_is_one_that_nobody_knows() throws Exception {
        try (EmbeddedNode secure = EmbeddedNode.builder().https().world(DemoWorld::standard).start()) {
            var request = new Builder()
                    .url(secure.url() + "/public/api/instance-info")
                    .header("Authorization", "Bearer " + secure.key())
                    .build();
            OkHttpClient stranger = new OkHttpClient();
            assertThatThrownBy(() -> stranger.newCall(request).execute().close()).isInstanceOf(javax.net.ssl.SSLException.class);
            HandshakeCertificates trust = new HandshakeCertificates.Builder().addTrustedCertificate(secure.certificate()).build();
            OkHttpClient friend = new OkHttpClient.Builder()
                    .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                    .build();
            try (var response = friend.newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }
}
