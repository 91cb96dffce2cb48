package io.jenkins.plugins.projectdeployer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DesignNodeTest {
    private final EmbeddedNode node =
            EmbeddedNode.builder().nodeId("design").type(NodeType.DESIGN).world(DemoWorld::standard).start();
    private final Probe alice = new Probe(node).as("alice");

    @BeforeEach
    void project() {
        node.state().addProject(BundleZip.of("CHURN", null)
                .connection("sql-dev", "PostgreSQL")
                .dataset("customers", "sql-dev")
                .testScenario("SMOKE")
                .webapp("dash")
                .owner("alice")
                .codeEnv("ml")
                .variable("rate", "3")
                .permission("churn-team", ProjectFlag.readProjectContent));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private byte[] download(String bundle) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/public/api/projects/CHURN/bundles/exported/" + bundle + "/archive"))
                .header("Authorization", "Bearer " + node.key())
                .header("X-DKU-ProxyUser", "alice")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
    }

    @Test
    void a_bundle_exported_here_can_be_deployed_there() throws Exception {
        assertThat(alice.put("/projects/CHURN/bundles/exported/v1?releaseNotes=first", Json.object()).status()).isEqualTo(200);
        assertThat(alice.get("/projects/CHURN/bundles/exported").json().at("/bundles/0/releaseNotes").asText()).isEqualTo("first");
        byte[] zip = download("v1");
        try (EmbeddedNode automation = EmbeddedNode.start("prod")) {
            Probe there = new Probe(automation).as("alice");
            assertThat(there.upload("/projectsFromBundle/", zip).status()).isEqualTo(200);
            there.post("/projects/CHURN/bundles/imported/v1/actions/preload");
            var report = there.post("/projects/CHURN/bundles/imported/v1/actions/activate", Json.object()).result();
            assertThat(report.path("error").asBoolean(true)).isFalse();
            Project deployed = automation.state().project("CHURN");
            assertThat(deployed.connectionOf("customers")).isEqualTo("sql-dev");
            assertThat(deployed.scenarioIds()).containsExactly("SMOKE");
            assertThat(deployed.webappIds()).containsExactly("dash");
            assertThat(deployed.standardVariables().path("rate").asText()).isEqualTo("3");
            assertThat(automation.state().resources().hasCodeEnv("PYTHON", "ml")).isTrue();
        }
    }

    @Test
    void exporting_takes_write_and_a_new_id() throws Exception {
        assertThat(new Probe(node).as("bob").put("/projects/CHURN/bundles/exported/v1", Json.object()).status()).isEqualTo(403);
        alice.put("/projects/CHURN/bundles/exported/v1", Json.object());
        assertThat(alice.put("/projects/CHURN/bundles/exported/v1", Json.object()).message()).contains("already exists");
    }

    @Test
    void bundles_are_published_and_deleted() throws Exception {
        alice.put("/projects/CHURN/bundles/exported/a%20b%2Fc", Json.object());
        var published = alice.post("/projects/CHURN/bundles/a%20b%2Fc/publish?publishedProjectKey=CHURN2").json();
        assertThat(published.path("publishedBy").asText()).isEqualTo("alice");
        assertThat(published.path("publishedProjectKey").asText()).isEqualTo("CHURN2");
        assertThat(alice.delete("/projects/CHURN/bundles/exported/a%20b%2Fc").status()).isEqualTo(200);
        assertThat(alice.get("/projects/CHURN/bundles/exported").json().path("bundles")).isEmpty();
    }
}
