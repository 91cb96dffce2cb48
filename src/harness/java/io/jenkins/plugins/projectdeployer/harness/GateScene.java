package io.jenkins.plugins.projectdeployer.harness;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.csrf.CrumbIssuer;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.DummySecurityRealm;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A stage Production with a gate before infrastructure {@code prod}: alice asks, bob and carol are of the release group, dave sees nothing. */
final class GateScene {

    static final String DEPLOY = "def r = deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'prod'\necho \"report: ${r.approvals.join('; ')}\"";

    private GateScene() {}

    static void people(JenkinsRule jenkins) {
        DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "data-team");
        realm.addGroups("bob", "release");
        realm.addGroups("carol", "release");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL).everywhere().to("alice", "bob", "carol", "dave"));
    }

    /** @param gate in YAML, such as {@code approvals: 2, approvers: [{group: release}]} */
    static void configure(String url, String gate) throws Exception {
        configure(url, gate, List.of("group: data-team"), List.of("group: release"));
    }

    /** The same for others who ask and who look on. */
    static void configure(String url, String gate, List<String> asking, List<String> looking) throws Exception {
        Scene.credential("prod-key", CredentialsScope.SYSTEM, Scene.KEY);
        Scene.code(yaml(url, gate, "Production", asking, looking));
    }

    static String yaml(String url, String gate, String stage) {
        return yaml(url, gate, stage, List.of("group: data-team"), List.of("group: release"));
    }

    private static String yaml(String url, String gate, String stage, List<String> asking, List<String> looking) {
        return """
                unclassified:
                  projectDeployer:
                    stages: [{name: Development}, {name: Production, gate: {%1$s}}]
                    infrastructures:
                      - id: prod
                        stage: %2$s
                        nodes: [{url: "%3$s", credentialsId: prod-key}]
                        grants: [%4$s, %6$s]
                        policies: {deployAsUser: svc_deploy}
                    projects:
                      - pattern: "*"
                        grants: [%4$s, %5$s, %6$s]
                        creators: [%7$s]
                """.formatted(gate, stage, url, grants(asking, ", right: DEPLOY"), grants(asking, ", right: WRITE"), grants(looking, ", right: READ"),
                grants(asking, ""));
    }

    private static String grants(List<String> who, String right) {
        return who.stream().map(each -> "{" + each + right + "}").collect(Collectors.joining(", "));
    }

    /** A build that alice has started and whose update waits at the gate. */
    static WorkflowRun ask(JenkinsRule jenkins, Path directory) throws Exception {
        return ask(jenkins, directory, DEPLOY);
    }

    static WorkflowRun ask(JenkinsRule jenkins, Path directory, String script) throws Exception {
        Scene.publish(directory, "v1");
        WorkflowRun run = Scene.job(jenkins, "deploy", script).scheduleBuild2(0, Scene.by("alice")).waitForStart();
        waits(1);
        return run;
    }

    static Update waits(long number) {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).until(
                () -> Engine.get().records().update(number).orElse(null),
                update -> update != null && update.status() == UpdateStatus.WAITING);
    }

    /** Somebody at our own resources: with their password and a crumb, as a page would ask, or, where crumbs need a session, with a token. */
    static HttpResponse<String> api(JenkinsRule jenkins, String user, String method, String path, String body) throws IOException, InterruptedException {
        CrumbIssuer issuer = jenkins.jenkins.getCrumbIssuer();
        String crumb = issuer.getCrumb((ServletRequest) null);
        return crumb == null ? send(jenkins, user, token(user), method, path, body)
                : send(jenkins, user, user, method, path, body, issuer.getDescriptor().getCrumbRequestField(), crumb);
    }

    private static String token(String user) throws IOException {
        return User.getById(user, true).getProperty(ApiTokenProperty.class).generateNewToken("test").plainValue;
    }

    static HttpResponse<String> withoutCrumb(JenkinsRule jenkins, String user, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(jenkins, user, user, method, path, body);
    }

    private static HttpResponse<String> send(
            JenkinsRule jenkins, String user, String password, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "project-deployer/api" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode seen(JenkinsRule jenkins, String user, long number) throws IOException, InterruptedException {
        return Json.read(api(jenkins, user, "GET", "/approvals/" + number, null).body(), JsonNode.class);
    }

    /** Approves what this user sees at this moment. */
    static HttpResponse<String> approve(JenkinsRule jenkins, String user, long number) throws IOException, InterruptedException {
        return api(jenkins, user, "POST", "/approvals/" + number + "/approve", decision(seen(jenkins, user, number), "seen by " + user));
    }

    static String decision(JsonNode seen, String reason) {
        return "{\"reason\": \"" + reason + "\", \"revision\": " + seen.path("revision").asInt() + ", \"digest\": \"" + seen.path("digest").asText() + "\"}";
    }
}
