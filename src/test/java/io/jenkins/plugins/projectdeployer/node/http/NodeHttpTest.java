package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes out and what comes back when all is well, and what is refused before it goes out. */
class NodeHttpTest {

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
    void a_call_goes_to_the_public_api_with_the_key_as_basic_user_without_a_password() throws Exception {
        answer("{\"nodeId\":\"auto\"}");

        JsonNode reply = http.json(NodeRequest.get(ApiPath.of("instance-info")));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("GET /public/api/instance-info HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization"))
                .isEqualTo("Basic " + java.util.Base64.getEncoder().encodeToString((Nodes.KEY + ":").getBytes()));
        assertThat(request.getHeaders().get("X-DKU-ProxyUser")).isNull();
        assertThat(reply.get("nodeId").asText()).isEqualTo("auto");
    }

    @Test
    void a_node_behind_a_path_is_called_under_that_path() throws Exception {
        answer("{}");

        Nodes.http(server.url("/dss/prod/").toString()).json(NodeRequest.get(ApiPath.of("projects", "")));

        assertThat(server.takeRequest().getTarget()).isEqualTo("/dss/prod/public/api/projects/");
    }

    @Test
    void the_key_is_asked_for_anew_for_each_call_and_spaces_around_it_are_dropped() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        NodeHttp counting = NodeHttp.to(
                endpoint(), () -> " key" + asked.incrementAndGet() + "\n", new OkHttpClient(), NodeTimeouts.DEFAULT);
        answer("{}");
        answer("{}");

        counting.json(NodeRequest.get(ApiPath.of("a")));
        counting.json(NodeRequest.get(ApiPath.of("b")));

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic a2V5MTo=");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic a2V5Mjo=");
    }

    @Test
    void without_a_key_nothing_is_sent() {
        for (KeySource none : List.<KeySource>of(() -> null, () -> " ", () -> {
            throw Refused.notFound("credential", "prod-key");
        })) {
            NodeHttp keyless = NodeHttp.to(endpoint(), none, new OkHttpClient(), NodeTimeouts.DEFAULT);

            NodeException e = failure(() -> keyless.json(NodeRequest.get(ApiPath.of("projects", ""))));

            assertThat(e.kind()).isEqualTo(Kind.NO_KEY);
            assertThat(e).hasMessageContaining("Node \"prod\" was not called (GET /projects/)");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void a_key_that_basic_authentication_would_cut_is_refused_without_showing_it() {
        for (String bad : List.of("abc:secret", "abc secret", "abc\nsecret")) {
            NodeHttp odd = NodeHttp.to(endpoint(), () -> bad, new OkHttpClient(), NodeTimeouts.DEFAULT);

            NodeException e = failure(() -> odd.json(NodeRequest.get(ApiPath.of("x"))));

            assertThat(e.kind()).isEqualTo(Kind.INVALID);
            assertThat(e.getMessage()).doesNotContain("secret").contains("contains a colon");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void acting_as_a_user_sends_their_login_beside_the_key() throws Exception {
        answer("{}");
        answer("{}");

        http.actingAs("alice").json(NodeRequest.get(ApiPath.of("auth", "info")));
        http.json(NodeRequest.get(ApiPath.of("auth", "info")));

        assertThat(server.takeRequest().getHeaders().get("X-DKU-ProxyUser")).isEqualTo("alice");
        assertThat(server.takeRequest().getHeaders().get("X-DKU-ProxyUser")).isNull();
    }

    @Test
    void a_login_beyond_ascii_travels_as_utf_8() throws Exception {
        List<String> heads = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (RawServer raw = new RawServer((socket, number) -> {
            heads.add(RawServer.readHead(socket.getInputStream()));
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        })) {
            Nodes.http(raw.url()).actingAs("zoë.李").json(NodeRequest.get(ApiPath.of("auth", "info")));
        }

        String octetsAsLatin1 = new String("zoë.李".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(heads).singleElement().asString().contains("X-DKU-ProxyUser: " + octetsAsLatin1 + "\r\n");
    }

    @Test
    void a_login_that_a_header_would_change_is_refused() {
        for (String login : List.of("", " alice", "alice ", "alice\r\nX-Evil: 1", "al\u0000ice", "al\u202Eice", "\uD800")) {
            NodeException e = failure(() -> http.actingAs(login));

            assertThat(e.kind()).isEqualTo(Kind.INVALID);
            assertThat(e).hasMessageContaining("login").hasMessageContaining("node \"prod\"");
        }
    }

    @Test
    void a_document_goes_out_as_json_and_query_values_are_encoded() throws Exception {
        answer("");

        http.send(NodeRequest.put(ApiPath.of("projects", "A", "variables", ""), NodeJson.object().put("ü", 1))
                .query("a b", "x&y=z+ä")
                .query("left", null));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/public/api/projects/A/variables/?a%20b=x%26y%3Dz%2B%C3%A4");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getBody().utf8()).isEqualTo("{\"ü\":1}");
    }

    @Test
    void a_post_without_a_body_announces_an_empty_one() throws Exception {
        answer("{}");

        http.json(NodeRequest.post(ApiPath.of("x")));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Content-Length")).isEqualTo("0");
        assertThat(request.getHeaders().get("Content-Type")).isNull();
    }

    @Test
    void an_empty_answer_is_a_missing_node_where_that_is_allowed_and_unexpected_where_not() throws Exception {
        answer("");
        answer("");

        assertThat(http.jsonIfAny(NodeRequest.get(ApiPath.of("x"))).isMissingNode()).isTrue();
        NodeException e = failure(() -> http.json(NodeRequest.get(ApiPath.of("x"))));

        assertThat(e.kind()).isEqualTo(Kind.UNEXPECTED);
        assertThat(e).hasMessageContaining("answered with nothing where JSON was due");
    }

    @Test
    void a_login_page_in_place_of_json_is_unexpected() {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "text/html; charset=utf-8")
                .body("<html><title>Sign in</title></html>")
                .build());

        NodeException e = failure(() -> http.json(NodeRequest.get(ApiPath.of("instance-info"))));

        assertThat(e.kind()).isEqualTo(Kind.UNEXPECTED);
        assertThat(e)
                .hasMessageContaining("\"text/html\" where JSON was due (GET /instance-info, HTTP 200)")
                .hasMessageContaining("login page");
    }

    @Test
    void what_is_not_known_in_a_document_comes_back_as_it_was() throws Exception {
        String document = "{\"a\":1.10,\"b\":12345678901234567890123,\"c\":1E+400,\"d\":0.1000000000000000055511151231257827,"
                + "\"e\":null,\"f\":[],\"g\":{},\"h\":\"\u00e9\"}";
        answer(document);
        answer("");

        JsonNode read = http.json(NodeRequest.get(ApiPath.of("x")));
        http.send(NodeRequest.put(ApiPath.of("x"), read));

        server.takeRequest();
        assertThat(server.takeRequest().getBody().utf8()).isEqualTo(document.replace("\u00e9", "é"));
    }

    @Test
    void an_answer_larger_than_memory_should_hold_is_refused() {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[ReplyReader.MAX_REPLY + 1]))
                .build());

        NodeException e = failure(() -> http.json(NodeRequest.get(ApiPath.of("admin", "users", ""))));

        assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(e).hasMessageContaining("more than 32 MiB");
    }

    @Test
    void a_small_compressed_answer_cannot_grow_beyond_the_bound() throws Exception {
        Buffer packed = new Buffer();
        try (okio.BufferedSink sink = okio.Okio.buffer(new okio.GzipSink(packed))) {
            for (int i = 0; i < 40; i++) {
                sink.write(new byte[1024 * 1024]);
            }
        }
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build());

        assertThat(failure(() -> http.json(NodeRequest.get(ApiPath.of("x")))).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void exchange_gives_back_errors_as_they_are() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(500)
                .addHeader("DSS-Version", "14.2.2")
                .body("{\"errorType\":\"x\"}")
                .build());

        NodeReply reply = http.exchange(NodeRequest.get(ApiPath.fromEncoded("/projects/A%2FB/"))
                .sending(new NodeRequest.Nothing()));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.version()).contains("14.2.2");
        assertThat(new String(reply.octets(), StandardCharsets.UTF_8)).isEqualTo("{\"errorType\":\"x\"}");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/public/api/projects/A%2FB/");
    }

    @Test
    void nothing_of_a_request_that_could_be_secret_is_printed() {
        NodeRequest request = NodeRequest.put(ApiPath.of("x"), NodeJson.object().put("password", "hidden"))
                .query("token", "hidden");

        assertThat(request.toString()).doesNotContain("hidden");
    }

    private NodeEndpoint endpoint() {
        return NodeEndpoint.of("prod", new NodeAddress(server.url("/").toString(), "key"));
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }
}
