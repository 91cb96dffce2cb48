package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.User;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.web.SampleScripts;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.security.ApiTokenProperty;
import org.junit.jupiter.api.Test;

/** Dataiku's own sample scripts against a real Jenkins and a node. */
class SampleScriptsInJenkinsTest extends DeployingTest {

    private String key;

    private SampleScripts.Ended deploy(String bundle) throws Exception {
        return scripts().run("deploy_bundle.py", bundle, "dev", node.url(), node.key());
    }

    private SampleScripts scripts() throws Exception {
        return new SampleScripts(jenkins.getURL() + "project-deployer", key);
    }

    @Test
    void they_deploy_and_where_the_deployments_smoke_scenario_fails_the_old_bundle_is_active_again_and_the_script_ends_with_1() throws Exception {
        assumeTrue(SampleScripts.areThere(), SampleScripts.ABSENT);
        for (String bundle : List.of("v1", "v2", "v3")) {
            Path archive = BundleZip.of("CHURN", bundle).scenario("TEST_SMOKE").writeTo(directory.resolve(bundle + ".zip"));
            try (InputStream content = Files.newInputStream(archive)) {
                Engine.get().publish("alice", "CHURN", bundle, content, bundle + ".zip", null);
            }
        }
        key = "alice:" + User.getById("alice", true).getProperty(ApiTokenProperty.class).generateNewToken("api").plainValue;

        SampleScripts.Ended first = scripts().run("import_bundle.py", "v1", "dev");
        assertThat(first.code()).as(first.said()).isZero();
        SampleScripts.Ended second = deploy("v2");
        assertThat(second.code()).as(second.said()).isZero();
        assertThat(active()).isEqualTo("v2");

        HttpRequest tests = HttpRequest.newBuilder(URI.create(jenkins.getURL()
                        + "project-deployer/public/api/project-deployer/deployments/CHURN-on-dev/settings"))
                .header("Authorization", "Bearer " + key).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Json.MAPPER.createObjectNode().put("rollBackOnFailure", true)
                        .set("testScenarios", Json.MAPPER.valueToTree(List.of("TEST_SMOKE"))).toString())).build();
        assertThat(HttpClient.newHttpClient().send(tests, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        node.state().scenarioEnds("CHURN", "TEST_SMOKE", "v3", ScenarioOutcome.ends("FAILED"));

        SampleScripts.Ended failed = deploy("v3");
        assertThat(failed.code()).as(failed.said()).isEqualTo(1);
        assertThat(failed.said()).contains("Rollback done 'CHURN-on-dev' on infra 'dev' to bundle ID 'v2' => status 'HEALTHY'");
        assertThat(active()).isEqualTo("v2");
    }

    private String active() {
        return node.state().project("CHURN").activeBundleId();
    }
}
