package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioRun;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment on three nodes: each is named with what is on it, and one that is ill hides nothing of the others. */
class SeveralNodesTest {

    private static final String ONE = "/deployments/CHURN-on-trio";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("trio", "Production", 3);
        alice = new Caller(world, "alice").onPages();
        world.publish(BundleZip.of("CHURN", "v1").scenario("TRAIN"));
        Update update = world.deploy(World.request("CHURN", "v1", "trio").settings(
                new SettingsChange(null, null, null, null, null, null, Map.of("TRAIN", true), null, null)));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void what_an_update_has_left_is_said_of_each_node() {
        world.publish(BundleZip.of("CHURN", "v2").scenario("TRAIN"));
        world.node("trio-2").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        world.deploy(World.request("CHURN", "v2", "trio"));

        JsonNode nodes = alice.get(ONE).path("nodes");

        assertThat(nodes).extracting(node -> node.path("node").asText(), node -> node.path("activeBundle").asText(), node -> node.path("update").asInt())
                .containsExactlyInAnyOrder(tuple("trio-1", "v2", 2), tuple("trio-2", "v1", 2), tuple("trio-3", "v2", 2));
        assertThat(nodes).allSatisfy(node -> assertThat(node.path("problem").asText("").contains("No more disk"))
                .as("%s", node).isEqualTo(node.path("node").asText().equals("trio-2")));
        assertThat(alice.get(ONE + "/updates/2").path("nodes")).as("the update itself says the same").hasSize(3);
    }

    @Test
    void what_is_wrong_is_said_of_its_node_and_the_worst_of_it_is_the_health() {
        assertThat(health("HEALTHY").path("messages")).isEmpty();

        world.node("trio-2").state().scenarioEnds("CHURN", "TRAIN", ScenarioOutcome.ends("FAILED"));
        world.post("trio-2", "/projects/CHURN/scenarios/TRAIN/run");
        Awaitility.await().until(() -> {
            List<ScenarioRun> runs = world.node("trio-2").state().project("CHURN").scenario("TRAIN").runs();
            return "FAILED".equals(runs.get(runs.size() - 1).outcome());
        });
        JsonNode unhealthy = health("UNHEALTHY");
        assertThat(unhealthy.at("/monitoring/failed/0").asText()).isEqualTo("TRAIN");
        said(unhealthy, tuple("trio-2", "SCENARIO_FAILED"));

        world.node("trio-1").state().removeProject("CHURN");
        said(health("ERROR"), tuple("trio-1", "PROJECT_GONE"), tuple("trio-2", "SCENARIO_FAILED"));

        world.node("trio-3").faults().on("GET", "*").always(new Fault.Drop());
        JsonNode error = health("ERROR");
        said(error, tuple("trio-1", "PROJECT_GONE"), tuple("trio-2", "SCENARIO_FAILED"), tuple("trio-3", "CUT"));
        assertThat(error.at("/monitoring/failed/0").asText()).as("of the nodes that answer").isEqualTo("TRAIN");
        assertThat(alice.get(ONE + "/permissions").path("why").toString()).contains("trio-3");
    }

    /** Once what was seen before holds no longer. */
    private JsonNode health(String level) {
        world.later(Duration.ofMinutes(1));
        JsonNode health = alice.get(ONE + "/health");
        assertThat(health.path("health").asText()).as("%s", health).isEqualTo(level);
        return health;
    }

    private static void said(JsonNode health, org.assertj.core.groups.Tuple... ofNodes) {
        assertThat(health.path("messages")).extracting(each -> each.path("node").asText(), each -> each.path("code").asText())
                .containsExactlyInAnyOrder(ofNodes);
    }
}
