package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringResourcesTest {

    private static final String ONE = "/project-deployer/deployments/CHURN-on-prod";
    private static final String ALL = "/unified-monitoring/deployer/projects";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home);
        alice = new Caller(world, "alice");
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** With a test that warned. */
    private void deployed(int nodes) {
        world.infrastructure("prod", "Production", nodes);
        world.publish(BundleZip.of("CHURN", "v1").testScenario("TEST_SMOKE"));
        world.node(nodes == 1 ? "prod" : "prod-1").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("WARNING"));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST_SMOKE"))).status())
                .isEqualTo(UpdateStatus.WARNING);
    }

    @Test
    void all_deployments_are_monitored_without_a_call_to_a_node() {
        deployed(1);
        int calls = world.node("prod").calls().size();
        JsonNode unseen = alice.get(ALL);
        assertThat(world.node("prod").calls()).hasSize(calls);
        assertThat(unseen).hasSize(1);
        assertThat(unseen.get(0).toString()).isEqualTo("{\"bundleName\":\"v1\",\"deployedProjectKey\":\"CHURN\","
                + "\"deploymentId\":\"CHURN-on-prod\",\"health\":\"WARNING\",\"infrastructureId\":\"prod\","
                + "\"publishedProjectKey\":\"CHURN\",\"snapshotTimestamp\":null,\"stage\":\"Production\"}");

        world.node("prod").state().removeProject("CHURN");
        alice.get(ONE + "/status");
        JsonNode seen = alice.get(ALL).get(0);
        assertThat(seen.path("health").asText()).isEqualTo("ERROR");
        assertThat(seen.path("snapshotTimestamp").asLong()).isPositive();
        assertThat(alice.as("carol").get(ALL)).isEmpty();
    }

    @Test
    void a_node_tells_how_the_tests_of_a_bundle_ended() {
        deployed(1);

        JsonNode status = alice.get(ONE + "/testing-status?bundleId=v1");
        assertThat(status.path("nbTotalRanScenarios").asInt()).isEqualTo(1);
        assertThat(status.at("/nbScenariosPerOutcome/WARNING").asInt()).isEqualTo(1);
        assertThat(alice.get(ONE + "/testing-status?bundleId=v9").path("nbTotalRanScenarios").asInt()).isZero();
        assertThat(alice.as("carol").ask("GET", ONE + "/testing-status", null).error())
                .isEqualTo(alice.ask("GET", ONE.replace("CHURN", "NOPE") + "/testing-status", null).error().replace("NOPE", "CHURN"));
    }

    @Test
    void a_count_holds_for_a_while_and_a_node_that_does_not_answer_is_left_alone() {
        deployed(1);
        JsonNode status = alice.get(ONE + "/testing-status");
        int calls = world.node("prod").calls().size();
        assertThat(alice.get(ONE + "/testing-status")).isEqualTo(status);
        assertThat(world.node("prod").calls()).as("answered from what is known").hasSize(calls);
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.SUCCESS);
        world.deploy(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST_SMOKE")));
        assertThat(alice.get(ONE + "/testing-status").at("/nbScenariosPerOutcome/SUCCESS").asInt()).as("after an update").isEqualTo(1);

        world.later(Duration.ofSeconds(31));
        world.node("prod").down();
        assertThat(alice.ask("GET", ONE + "/testing-status", null).error()).startsWith("UNAVAILABLE: ");
        world.node("prod").up();
        calls = world.node("prod").calls().size();
        assertThat(alice.ask("GET", ONE + "/testing-status", null).error()).as("not asked yet").startsWith("UNAVAILABLE: ");
        assertThat(world.node("prod").calls()).hasSize(calls);
        assertThat(alice.get(ONE + "/status").path("health").asText()).as("one count that failed says nothing of the node").isNotEqualTo("ERROR");
        world.later(Duration.ofSeconds(31));
        assertThat(alice.get(ONE + "/testing-status").path("nbTotalRanScenarios").asInt()).isEqualTo(1);

        world.later(Duration.ofSeconds(31));
        world.node("prod").down();
        assertThat(alice.get(ONE + "/status").path("health").asText()).isEqualTo("ERROR");
        world.node("prod").up();
        assertThat(alice.ask("GET", ONE + "/testing-status?bundleId=v2", null).error()).as("what the health has found, without its project")
                .matches("UNAVAILABLE: Node \\S+( 1)? could not be asked a moment ago; it is asked again within 10 minutes\\.");
    }

    @Test
    void of_several_nodes_one_is_named_by_its_id() {
        deployed(2);

        assertThat(alice.ask("GET", ONE + "/testing-status", null).error()).isEqualTo("INVALID: Infrastructure prod has several nodes:"
                + " name one as automationNodeId, of prod-1, prod-2.");
        assertThat(alice.get(ONE + "/testing-status?automationNodeId=prod-1").path("nbTotalRanScenarios").asInt()).isEqualTo(1);
        assertThat(alice.get(ONE + "/testing-status?automationNodeId=prod-2").path("nbTotalRanScenarios").asInt()).isZero();
        assertThat(alice.ask("GET", ONE + "/testing-status?automationNodeId=dev", null).error()).startsWith("NOT_FOUND: ");
        JsonNode settings = alice.as("bob").get("/project-deployer/infras/prod/settings");
        assertThat(settings.path("nodeId").isNull()).isTrue();
        assertThat(settings.path("automationNodes").findValuesAsText("nodeId")).containsExactly("prod-1", "prod-2");
    }

    @Test
    void what_a_request_does_not_do_here_says_where_it_is_done() {
        deployed(1);
        int calls = world.node("prod").calls().size();

        assertThat(alice.ask("POST", ONE + "/run-test-scenarios", null).error()).startsWith("FORBIDDEN: Test scenarios run in an update");
        assertThat(alice.ask("POST", "/project-deployer/infras/prod/generate-personal-api-key", null).error())
                .startsWith("FORBIDDEN: Personal API keys are made on the nodes");
        assertThat(alice.as("carol").ask("POST", ONE + "/run-test-scenarios", null).status()).isEqualTo(404);
        assertThat(alice.as("carol").ask("POST", "/project-deployer/infras/prod/generate-personal-api-key", null).status()).isEqualTo(404);
        assertThat(alice.as("bob").get("/project-deployer/infras/prod/settings").path("nodeId").asText()).isEqualTo("prod");
        assertThat(world.node("prod").calls()).hasSize(calls);
    }
}
