package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link SampleScripts} do with a deployer of ours. */
class SampleScriptsTest {

    @TempDir
    private Path home;

    private World world;
    private ApiServer server;
    private EmbeddedNode node;

    @BeforeEach
    void open() {
        assumeTrue(SampleScripts.areThere(), SampleScripts.ABSENT);
        world = new World(home).infrastructure("prod", "Production");
        server = new ApiServer(world.deployer(), key -> Optional.of(world.people().person(key.userId())), path -> Optional.empty());
        node = world.node("prod");
        for (String bundle : List.of("v1", "v2")) {
            world.publish(BundleZip.of("CHURN", bundle).scenario("TEST_SMOKE"));
        }
    }

    @AfterEach
    void close() {
        if (world != null) {
            server.close();
            world.close();
        }
    }

    private SampleScripts.Ended deploy(String bundle) throws IOException, InterruptedException {
        return scripts().run("deploy_bundle.py", bundle, "prod", node.url(), node.key());
    }

    private SampleScripts scripts() {
        return new SampleScripts(server.url(), "alice:token");
    }

    private String active() {
        return node.state().project("CHURN").activeBundleId();
    }

    @Test
    void a_bundle_goes_to_a_new_deployment_and_the_next_one_to_the_same() throws Exception {
        SampleScripts.Ended first = scripts().run("import_bundle.py", "v1", "prod");
        assertThat(first.code()).as(first.said()).isZero();
        assertThat(first.said()).contains("New deployment created as CHURN-on-prod");
        SampleScripts.Ended second = deploy("v2");
        assertThat(second.code()).as(second.said()).isZero();
        assertThat(second.said()).contains("Using existing deployment 'CHURN-on-prod'", "SUCCESS");
        assertThat(active()).isEqualTo("v2");
    }

    @Test
    void an_update_that_fails_is_rolled_back_by_the_script() throws Exception {
        assertThat(deploy("v1").code()).isZero();
        node.faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));

        SampleScripts.Ended failed = deploy("v2");

        assertThat(failed.code()).as(failed.said()).isEqualTo(1);
        assertThat(failed.said()).contains("Rollback done");
        assertThat(active()).isEqualTo("v1");
    }

    /** The deployment's settings name the scenario: its update finds out before the script does, which looks at the health. */
    @Test
    void a_smoke_scenario_that_the_deployment_names_takes_the_update_back_and_the_script_ends_with_1() throws Exception {
        assertThat(deploy("v1").code()).isZero();
        new Caller(world, "alice").put("/project-deployer/deployments/CHURN-on-prod/settings",
                Json.read("{\"testScenarios\": [\"TEST_SMOKE\"], \"rollBackOnFailure\": true}", ObjectNode.class));
        node.state().scenarioEnds("CHURN", "TEST_SMOKE", "v2", ScenarioOutcome.ends("FAILED"));

        SampleScripts.Ended failed = deploy("v2");

        assertThat(failed.code()).as(failed.said()).isEqualTo(1);
        assertThat(failed.said()).contains("need to rollback", "Test scenario TEST_SMOKE ended with FAILED",
                        "Rollback done 'CHURN-on-prod' on infra 'prod' to bundle ID 'v1' => status 'HEALTHY'")
                .doesNotContain("Deployment successful", "Traceback");
        assertThat(active()).isEqualTo("v1");
        assertThat(world.deployer().records().updates(Long.MAX_VALUE, 2)).extracting(Update::status)
                .containsExactly(UpdateStatus.SUCCESS, UpdateStatus.ROLLED_BACK);
        assertThat(deploy("v1").code()).as("what does not fail goes out").isZero();
    }

    /** Where only the script runs it, the client raises in run_and_wait, before the script comes to its own way back: with any deployer. */
    @Test
    void a_smoke_scenario_that_only_the_script_runs_ends_it_where_the_client_raises() throws Exception {
        assertThat(deploy("v1").code()).isZero();
        node.state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));

        SampleScripts.Ended failed = deploy("v2");

        assertThat(failed.code()).as(failed.said()).isEqualTo(1);
        assertThat(failed.said()).contains("Deployment successful", "in run_and_wait", "DataikuException: Scenario run returned status FAILED")
                .doesNotContain("Starting rollback process");
        assertThat(active()).isEqualTo("v2");
    }
}
