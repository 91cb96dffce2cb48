package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not a success, in words. */
class ErrorReplyTest {

    private static final ApiPath ACTIVATE =
            ApiPath.of("projects", "CHURN", "bundles", "imported", "v1", "actions", "activate");

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
    void dataikus_500_says_what_dataiku_says_and_is_not_repeated() {
        answer(500, """
                {"errorType":"com.dataiku.dip.exceptions.CodedException","message":"Missing connection: sql-prod",                "detailedMessage":"Missing connection: sql-prod, caused by: CodedException"}""");

        NodeException e = failure(() -> http.json(NodeRequest.get(ACTIVATE)));

        assertThat(e.kind()).isEqualTo(Kind.REFUSED);
        assertThat(e.status()).isEqualTo(500);
        assertThat(e.node()).contains("prod");
        assertThat(e.errorType()).contains("com.dataiku.dip.exceptions.CodedException");
        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(e).hasMessage("Node \"prod\" refuses (GET /projects/CHURN/bundles/imported/v1/actions/activate,"
                + " HTTP 500): Missing connection: sql-prod, caused by: CodedException.");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422, 500, 502, 503, 504})
    void dataikus_own_error_is_its_refusal_whatever_the_status(int status) {
        answer(status, "{\"errorType\":\"t\",\"message\":\"no\"}");

        assertThat(failure(() -> http.json(NodeRequest.get(ACTIVATE))).kind()).isEqualTo(Kind.REFUSED);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"401,UNAUTHORIZED", "403,FORBIDDEN", "404,NOT_FOUND", "413,TOO_LARGE", "418,UNEXPECTED", "500,UNEXPECTED"})
    void a_page_of_something_else_is_told_by_its_status(int status, Kind kind) {
        html(status, "It is " + status);

        NodeException e = failure(() -> http.json(NodeRequest.post(ACTIVATE)));

        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(e).hasMessageContaining("HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void a_proxys_error_after_a_post_leaves_the_outcome_open_and_is_not_repeated(int status) {
        html(status, "Gateway");

        NodeException e = failure(() -> http.json(NodeRequest.post(ACTIVATE)));

        assertThat(e.kind()).isEqualTo(Kind.GATEWAY);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(e).hasMessageContaining("look there before repeating it");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void json_of_a_gateway_is_not_taken_for_dataikus() {
        for (int i = 0; i < 3; i++) {
            answer(503, "{\"message\":\"no healthy upstream\"}");
        }

        NodeException e = failure(() -> http.json(NodeRequest.get(ACTIVATE)));

        assertThat(e.kind()).isEqualTo(Kind.GATEWAY);
        assertThat(e).hasMessageContaining("no healthy upstream");
    }

    @Test
    void a_504_says_what_to_raise() {
        html(504, "504 Gateway Time-out");

        assertThat(failure(() -> http.json(NodeRequest.post(ACTIVATE))))
                .hasMessageContaining("took longer than the proxy before it waits")
                .hasMessageContaining("504 Gateway Time-out")
                .hasMessageContaining("3600 s");
    }

    @Test
    void a_413_says_what_to_raise() {
        html(413, "413 Request Entity Too Large");

        assertThat(failure(() -> http.json(NodeRequest.post(ACTIVATE))))
                .hasMessageContaining("client_max_body_size");
    }

    @Test
    void a_revoked_key_says_where_a_new_one_goes() {
        answer(401, "{\"errorType\":\"UnauthorizedException\",\"message\":\"Unknown API key\"}");

        NodeException e = failure(() -> http.json(NodeRequest.get(ACTIVATE)));

        assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(e).hasMessageContaining("does not accept the API key").hasMessageContaining("revoked").hasMessageContaining("credential");
    }

    @Test
    void a_401_for_a_project_that_may_not_be_seen_does_not_blame_the_key() {
        answer(401, "{\"errorType\":\"com.dataiku.dip.exceptions.UnauthorizedException\","
                + "\"message\":\"Failed to read project permissions\"}");

        NodeException e = failure(() -> http.json(NodeRequest.get(ACTIVATE)));

        assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(e).hasMessageContaining("Failed to read project permissions");
    }

    @Test
    void a_401_for_a_user_who_is_not_known_does_not_blame_the_key() throws Exception {
        answer(401, "{\"errorType\":\"NotAuthenticatedException\",\"message\":\"Cannot proxy as 'bob': unknown user\"}");
        NodeHttp bob = http.actingAs("bob");

        NodeException e = failure(() -> bob.json(NodeRequest.get(ACTIVATE)));

        assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(e).hasMessageContaining("the user \"bob\" is unknown or disabled there");
    }

    @Test
    void a_login_beyond_ascii_that_the_node_does_not_know_comes_with_advice_of_its_own() throws Exception {
        answer(401, "{\"errorType\":\"NotAuthenticatedException\",\"message\":\"Cannot proxy as 'zoÃ«': unknown user\"}");
        NodeHttp zoe = http.actingAs("zoë");

        assertThat(failure(() -> zoe.json(NodeRequest.get(ACTIVATE))))
                .hasMessageContaining("as \"zoë\"")
                .hasMessageContaining("map it to a plain one");
    }

    @Test
    void a_forbidden_call_names_the_user_it_was_made_as() throws Exception {
        answer(403, "{\"errorType\":\"t\",\"message\":\"You may not write\"}");
        answer(403, "{\"errorType\":\"t\",\"message\":\"Not admin\"}");
        NodeHttp alice = http.actingAs("alice");

        assertThat(failure(() -> alice.json(NodeRequest.post(ACTIVATE))))
                .hasMessageContaining("as \"alice\"")
                .hasMessageContaining("the user \"alice\" is unknown or disabled there, or lacks the right")
                .hasMessageContaining("You may not write");
        assertThat(failure(() -> http.json(NodeRequest.post(ACTIVATE)))).hasMessageContaining("global admin rights");
    }

    @Test
    void a_node_that_echoes_the_key_does_not_get_it_shown() {
        String basic = java.util.Base64.getEncoder().encodeToString((Nodes.KEY + ":").getBytes());
        answer(500, "{\"errorType\":\"%s\",\"message\":\"bad key %s in Basic %s\"}".formatted(Nodes.KEY, Nodes.KEY, basic));

        NodeException e = failure(() -> http.json(NodeRequest.get(ACTIVATE)));

        assertThat(e.getMessage()).doesNotContain(basic).contains("bad key [API key] in Basic [API key]");
        assertThat(e.errorType()).contains("[API key]");
    }

    @Test
    void control_characters_and_endless_text_of_a_node_are_tamed() {
        answer(500, "{\"errorType\":\"t\",\"message\":\"a\\n[31m\\u001b\\u202e" + "x".repeat(60_000) + "\"}");

        NodeException e = failure(() -> http.json(NodeRequest.get(ACTIVATE)));

        assertThat(e.getMessage()).contains("a\\u000a[31m\\u001b\\u202e").hasSizeLessThan(1300);
    }

    @Test
    void an_endless_error_page_is_not_read_to_its_end() {
        server.enqueue(new MockResponse.Builder()
                .code(500)
                .body("x".repeat(300 * 1024 * 1024 / 16))
                .build());

        assertThat(failure(() -> http.json(NodeRequest.get(ACTIVATE))).kind()).isEqualTo(Kind.UNEXPECTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_never_followed_and_does_not_say_to_everybody_where_it_leads(int status) throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            server.enqueue(new MockResponse.Builder()
                    .code(status)
                    .addHeader("Location", elsewhere.url("/login?back=secret"))
                    .build());

            NodeException e = failure(() -> http.json(NodeRequest.get(ACTIVATE)));

            assertThat(e.kind()).isEqualTo(Kind.REDIRECT);
            assertThat(e)
                    .hasMessageContaining("redirects to another address (http) (")
                    .hasMessageContaining("the controller's log says where to")
                    .hasMessageContaining("not followed");
            assertThat(e.getMessage()).doesNotContain("secret", elsewhere.getHostName(), String.valueOf(elsewhere.getPort()));
            assertThat(elsewhere.getRequestCount()).isZero();
        }
    }

    @Test
    void a_redirect_without_a_target_is_one_too() {
        server.enqueue(new MockResponse.Builder().code(302).build());

        assertThat(failure(() -> http.json(NodeRequest.get(ACTIVATE)))).hasMessageContaining("redirects elsewhere");
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build());
    }

    private void html(int status, String title) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/html")
                .body("<html><head><title>" + title + "</title></head><body>x</body></html>")
                .build());
    }
}
