package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment whose settings name tests, and that what fails goes back: v2 of its project fails, v1 does not. */
class TestedDeploymentTest {

    private static final String ONE = "/project-deployer/deployments/CHURN-on-prod";
    private static final String PAGE = "/deployments/CHURN-on-prod";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        alice = new Caller(world, "alice");
        for (String bundle : List.of("v1", "v2")) {
            world.publish(BundleZip.of("CHURN", bundle).scenario("TEST_SMOKE"));
        }
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", "v2", ScenarioOutcome.ends("FAILED"));
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null, SettingsChange.NONE);
        assertThat(update()).isEqualTo("SUCCESS");
        alice.put(ONE + "/settings", Json.read("{\"testScenarios\": [\"TEST_SMOKE\"], \"rollBackOnFailure\": true}", ObjectNode.class));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** As Dataiku's client asks for it: without a word about tests. */
    private String update() {
        return alice.update("CHURN-on-prod").path("status").asText();
    }

    private Update last() {
        return world.deployer().records().updates(Long.MAX_VALUE, 1).get(0);
    }

    /** As Dataiku's client does: the whole document comes back with another bundle. */
    private void bundle(String id) {
        alice.put(ONE + "/settings", ((ObjectNode) alice.get(ONE + "/settings")).put("bundleId", id));
    }

    private JsonNode status() {
        return alice.get(ONE + "/status");
    }

    private String active() {
        return world.node("prod").state().project("CHURN").activeBundleId();
    }

    @Test
    void an_update_that_says_nothing_of_tests_runs_them_and_goes_back_and_whoever_looks_at_the_health_sees_it() {
        assertThat(status().path("health").asText()).as("nothing that a node is to have was changed").isEqualTo("HEALTHY");

        bundle("v2");
        assertThat(update()).isEqualTo("ROLLED_BACK");
        assertThat(active()).isEqualTo("v1");
        assertThat(status().path("health").asText()).isEqualTo("ERROR");
        assertThat(status().at("/healthMessages/messages").findValuesAsText("code")).containsExactly("UPDATE_FAILED", "TEST_FAILED");
        assertThat(status().at("/healthMessages/messages/0").toString()).as("v1 is active, so why is it an error").contains("counts as an error until an update ends well");
        JsonNode settings = alice.get(ONE + "/settings");
        assertThat(settings.path("bundleId").asText()).isEqualTo("v1");
        assertThat(settings.path("testScenarios").get(0).asText()).as("never came to a node, and stays").isEqualTo("TEST_SMOKE");
        assertThat(settings.path("rollBackOnFailure").asBoolean()).isTrue();

        bundle("v1");
        assertThat(update()).isEqualTo("SUCCESS");
        assertThat(last().runs()).singleElement().satisfies(run -> assertThat(run.outcome()).isEqualTo("SUCCESS"));
        assertThat(status().path("health").asText()).isEqualTo("HEALTHY");
    }

    @Test
    void a_request_that_says_something_is_heeded_instead() {
        Caller page = alice.onPages();
        bundle("v2");
        world.await(started(page.post(PAGE + "/updates", "{\"rollBackOnFailure\": false}")));
        assertThat(last().status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(active()).as("the test failed, and nothing goes back").isEqualTo("v2");

        world.await(started(page.post(PAGE + "/updates", "{\"testScenarios\": []}")));
        assertThat(last().status()).as("no test").isEqualTo(UpdateStatus.SUCCESS);
        assertThat(page.ask("POST", PAGE + "/updates", "{\"testScenarios\": [1]}").error())
                .isEqualTo("INVALID: testScenarios must be a list of texts.");
    }

    @Test
    void what_goes_back_on_request_is_not_tested_and_keeps_the_tests_for_the_next_update() {
        Caller page = alice.onPages();
        bundle("v2");
        Update second = world.await(started(page.post(PAGE + "/updates", "{\"testScenarios\": []}")));
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", "v1", ScenarioOutcome.ends("FAILED"));

        Update back = world.await(started(page.post(PAGE + "/updates/" + second.number() + "/rollback", null)));

        assertThat(back.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(back.runs()).isEmpty();
        assertThat(active()).isEqualTo("v1");
        assertThat(alice.get(ONE + "/settings").path("testScenarios")).hasSize(1);
    }

    private Update started(JsonNode line) {
        return world.deployer().records().update(line.path("number").asLong()).orElseThrow();
    }
}
