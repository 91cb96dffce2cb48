package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.User;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.security.ApiTokenProperty;
import org.htmlunit.util.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The public API is taken with a key, in any of Dataiku's forms, and with nothing else. */
@WithOneJenkins
@Tag("smoke")
class PublicApiTest {

    private static final List<String> ROOTS = List.of("project-deployer/public/api", "project-deployer/dip/publicapi");
    private static final String STAGES = "/project-deployer/stages";
    private static final String PROJECTS = "/project-deployer/projects";

    private JenkinsRule jenkins;
    private String token;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Scene.people(jenkins);
        Scene.configure("http://127.0.0.1:19999");
        token = token("alice");
    }

    private static String token(String user) throws IOException {
        return User.getById(user, true).getProperty(ApiTokenProperty.class).generateNewToken("api").plainValue;
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(HttpClient client, String method, String path, String authorization, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path))
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String authorization, String json)
            throws IOException, InterruptedException {
        return send(HttpClient.newHttpClient(), method, path, authorization, json);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return Json.read(answer.body(), JsonNode.class);
    }

    @Test
    void a_key_is_taken_in_each_of_dataikus_forms_at_both_roots() throws Exception {
        for (String root : ROOTS) {
            for (String authorization : List.of(basic("alice:" + token + ":"), basic(":alice:" + token), "Bearer alice:" + token)) {
                HttpResponse<String> answer = send("GET", root + "/auth/info", authorization, null);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(json(answer).path("authIdentifier").asText()).isEqualTo("alice");
                assertThat(json(answer).path("groups").toString()).contains("data-team");
            }
        }
    }

    @Test
    void what_changes_something_needs_no_crumb_beside_a_key() throws Exception {
        String key = basic("alice:" + token + ":");

        assertThat(send("POST", ROOTS.get(0) + PROJECTS, key, "{\"publishedProjectKey\": \"CHURN\"}").statusCode()).isEqualTo(200);
        assertThat(Engine.get().records().project("CHURN")).isPresent();
        assertThat(send("POST", ROOTS.get(0) + PROJECTS, "Bearer alice:" + token, "{\"publishedProjectKey\": \"OTHER\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void no_key_and_a_wrong_one_get_the_same_401_in_dataikus_shape() throws Exception {
        HttpResponse<String> none = send("GET", ROOTS.get(0) + STAGES, null, null);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(json(none).path("errorType").asText()).isEqualTo("UNAUTHORIZED");
        for (String authorization : List.of(basic("alice:nope:"), basic("nobody:" + token + ":"), basic("alice:alice"), "Bearer alice:nope",
                "Bearer " + token, basic("alice:" + token("bob") + ":"))) {
            HttpResponse<String> wrong = send("GET", ROOTS.get(0) + STAGES, authorization, null);
            assertThat(wrong.statusCode()).as(authorization).isEqualTo(401);
            assertThat(wrong.body()).isEqualTo(none.body());
        }
    }

    @Test
    void a_session_counts_for_nothing_and_never_stands_in_for_a_key() throws Exception {
        HttpClient browser = loggedIn("alice");
        assertThat(send(browser, "GET", "whoAmI/api/json", null, null).body()).contains("\"name\":\"alice\"");

        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertThat(send(browser, method, ROOTS.get(0) + PROJECTS, null, "{}").statusCode()).as(method).isEqualTo(401);
        }
        assertThat(send(browser, "POST", ROOTS.get(0) + PROJECTS, null, "{\"publishedProjectKey\": \"CHURN\"}").statusCode())
                .as("neither crumb nor key").isEqualTo(403);
        assertThat(send(browser, "GET", ROOTS.get(0) + "/auth/info", "Bearer alice:nope", null).statusCode()).isEqualTo(401);
        assertThat(send(browser, "GET", ROOTS.get(0) + "/auth/info", basic("alice:nope:"), null).statusCode()).isEqualTo(401);
        assertThat(json(send(browser, "GET", ROOTS.get(0) + "/auth/info", "Bearer bob:" + token("bob"), null)).path("authIdentifier").asText())
                .isEqualTo("bob");
        assertThat(Engine.get().records().projects()).isEmpty();
    }

    private HttpClient loggedIn(String user) throws Exception {
        CookieManager cookies = new CookieManager();
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withJavaScriptEnabled(false).login(user)) {
            for (Cookie cookie : web.getCookieManager().getCookies()) {
                java.net.HttpCookie same = new java.net.HttpCookie(cookie.getName(), cookie.getValue());
                same.setPath("/");
                same.setVersion(0);
                cookies.getCookieStore().add(jenkins.getURL().toURI(), same);
            }
        }
        return HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    @Test
    void a_key_in_dataikus_form_opens_nothing_else_and_leaves_no_session() throws Exception {
        assertThat(send("GET", "whoAmI/api/json", basic("alice:" + token + ":"), null).statusCode()).isEqualTo(401);
        assertThat(send("GET", "whoAmI/api/json", "Bearer alice:" + token, null).body()).contains("anonymous");

        HttpResponse<String> answer = send("GET", ROOTS.get(0) + STAGES, basic("alice:" + token + ":"), null);
        assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("JSESSIONID");
    }

    @Test
    void what_is_encoded_in_a_path_stays_where_it_is() throws Exception {
        HttpResponse<String> answer = send("GET", ROOTS.get(0) + PROJECTS + "/a%2Fb", "Bearer alice:" + token, null);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("message").asText()).contains("\"a/b\"");
    }

    @Test
    void what_is_hidden_answers_as_what_does_not_exist() throws Exception {
        send("POST", ROOTS.get(0) + PROJECTS, "Bearer alice:" + token, "{\"publishedProjectKey\": \"CHURN\"}");
        String bob = "Bearer bob:" + token("bob");

        HttpResponse<String> hidden = send("GET", ROOTS.get(0) + PROJECTS + "/CHURN", bob, null);
        HttpResponse<String> absent = send("GET", ROOTS.get(0) + PROJECTS + "/NOPE", bob, null);

        assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(absent.statusCode());
        assertThat(hidden.body()).isEqualTo(absent.body().replace("NOPE", "CHURN"));
    }
}
