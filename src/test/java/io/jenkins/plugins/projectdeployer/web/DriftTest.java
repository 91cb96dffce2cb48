package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.deployment.TargetProjects;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the node is not what was deployed: the page says so, and in which point. */
class DriftTest {

    private static final String ONE = "/deployments/CHURN-on-prod";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production")
                .policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run")
                .connections("prod", new Remap("sql-dev", "sql-prod"));
        alice = new Caller(world, "alice").onPages();
        for (String bundle : new String[] {"v1", "v2"}) {
            world.publish(BundleZip.of("CHURN", bundle).connection("sql-dev", "PostgreSQL").scenario("TRAIN").webapp("DASH"));
        }
        world.deployer().administration().create("alice", "CHURN-on-prod", "CHURN", "prod", "v1", null,
                SettingsChange.NONE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Brings these settings to the node. */
    private Update update(String settings) {
        alice.put(ONE + "/settings", Json.read(settings, ObjectNode.class));
        long number = alice.post(ONE + "/updates", "{}").path("number").asLong();
        Update ended = world.await(world.deployer().records().update(number).orElseThrow());
        assertThat(ended.status()).as("%s", ended.allMessages()).isEqualTo(UpdateStatus.SUCCESS);
        return ended;
    }

    private JsonNode health() {
        return alice.get(ONE + "/health");
    }

    /** Once what was seen before no longer holds. */
    private JsonNode later() {
        world.later(Duration.ofMinutes(1));
        return health();
    }

    /** The project, as somebody on the node sees it who may do everything. */
    private NodeProject onNode() throws NodeException {
        return new AutomationNode(new TargetProjects(new OkHttpClient(), world::key, NodeTimeouts.DEFAULT)
                .http("prod", world.configuration().infrastructure("prod").orElseThrow().nodes().get(0))).project("CHURN");
    }

    @Test
    void each_point_in_which_a_node_is_otherwise_is_named() throws NodeException {
        update("{\"localVariables\": {\"limit\": 7, \"share\": 1.50, \"off\": null}}");
        assertThat(health().path("health").asText()).as("%s", health()).isEqualTo("HEALTHY");

        Project project = world.node("prod").state().project("CHURN").owner("alice").localVariable("limit", "t0psecret");
        project.webapp("DASH").runAsUser("admin");
        onNode().settings().change(settings -> {
            ((ArrayNode) settings.at("/bundleContainerSettings/remapping/connections")).removeAll();
            settings.withObject("/settings").put("disableAutomaticTriggers", true);
            settings.withObject("/bundleContainerSettings/codeEnvsBehavior").put("importTimeMode", "DO_NOTHING");
        });

        JsonNode drift = later();
        assertThat(drift.path("health").asText()).isEqualTo("OUT_OF_SYNC");
        assertThat(drift.path("messages").findValuesAsText("code"))
                .containsExactly("RUN_AS_CHANGED", "NOT_OWNER", "REMAPPING_CHANGED", "CODE_ENVS_CHANGED", "TRIGGERS_CHANGED", "VARIABLES_CHANGED");
        assertThat(drift.path("messages").findValuesAsText("text")).containsExactly(
                "Web app DASH runs as admin, the deployment set svc_run.",
                "The project's owner is alice, the deployment left svc_deploy.",
                "The project renames connections by no table, the deployment left sql-dev to sql-prod.",
                "importTimeMode of the project's code envs is DO_NOTHING, the deployment left it INSTALL_IF_MISS.",
                "All triggers of the project are off, the deployment left them to each scenario.",
                "Local variables of the project are not as the deployment set them: limit.");
        assertThat(drift.toString()).doesNotContain("t0psecret");
        assertThat(alice.get("/deployments").at("/deployments/0/health").asText()).as("the dashboard").isEqualTo("OUT_OF_SYNC");

        project.owner("svc_deploy");
        update("{}");
        assertThat(health().path("health").asText()).as("%s", health()).isEqualTo("HEALTHY");
    }

    @Test
    void variables_that_a_deployment_leaves_to_the_node_are_no_drift() {
        update("{}");
        world.node("prod").state().project("CHURN").localVariable("limit", "9");

        assertThat(later().path("health").asText()).as("%s", health()).isEqualTo("HEALTHY");
    }

    @Test
    void after_a_roll_back_the_node_is_held_against_what_was_brought_back() {
        update("{\"localVariables\": {\"limit\": 7}}");
        Update second = update("{\"bundleId\": \"v2\", \"localVariables\": {\"limit\": 8}, \"disableAutomaticTriggers\": true}");
        long back = alice.post(ONE + "/updates/" + second.number() + "/rollback", null).path("number").asLong();
        assertThat(world.await(world.deployer().records().update(back).orElseThrow()).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(health().path("health").asText()).as("%s", health()).isEqualTo("HEALTHY");

        assertThat(alice.get(ONE).path("bundle").asText()).as("what was saved for the update has gone with it").isEqualTo("v1");

        world.node("prod").state().project("CHURN").localVariable("limit", "8");
        assertThat(later().path("messages").findValuesAsText("code")).containsExactly("VARIABLES_CHANGED");
    }

    @Test
    void after_an_update_that_went_back_the_deployment_is_to_be_what_it_was() {
        update("{\"localVariables\": {\"limit\": 7}}");
        alice.put(ONE + "/settings", Json.read("{\"bundleId\": \"v2\", \"localVariables\": {\"limit\": 8}, \"tags\": [\"kept\"]}", ObjectNode.class));
        world.node("prod").state().scenarioEnds("CHURN", "TRAIN", ScenarioOutcome.ends("FAILED"));
        long number = alice.post(ONE + "/updates", "{\"testScenarios\": [\"TRAIN\"], \"rollBackOnFailure\": true}").path("number").asLong();

        assertThat(world.await(world.deployer().records().update(number).orElseThrow()).status()).isEqualTo(UpdateStatus.ROLLED_BACK);

        assertThat(health().path("health").asText()).as("%s", health()).isEqualTo("HEALTHY");
        assertThat(alice.get(ONE).path("bundle").asText()).isEqualTo("v1");
        assertThat(alice.get(ONE + "/settings").at("/localVariables/limit").asInt()).isEqualTo(7);
        assertThat(alice.get(ONE + "/settings").at("/tags/0").asText()).as("never came to a node").isEqualTo("kept");
        assertThat(world.deployer().records().update(number).orElseThrow().messages())
                .filteredOn(message -> message.code().equals("SETTINGS_TAKEN_BACK")).singleElement()
                .satisfies(message -> assertThat(message.text()).endsWith("is not kept: variables."));
    }

    @Test
    void a_first_deployment_that_went_back_has_a_health() {
        world.node("prod").state().scenarioEnds("CHURN", "TRAIN", ScenarioOutcome.ends("FAILED"));
        long number = alice.post(ONE + "/updates", "{\"testScenarios\": [\"TRAIN\"], \"rollBackOnFailure\": true}").path("number").asLong();
        assertThat(world.await(world.deployer().records().update(number).orElseThrow()).status()).isEqualTo(UpdateStatus.ROLLED_BACK);

        assertThat(health().path("health").asText()).as("%s", health()).isNotEmpty();
        assertThat(alice.get(ONE + "/permissions").isObject()).isTrue();
    }

    @Test
    void variables_that_were_on_the_node_alone_are_brought_back_without_being_drift() {
        update("{}");
        world.node("prod").state().project("CHURN").localVariable("limit", "5");
        Update second = update("{\"bundleId\": \"v2\", \"localVariables\": {\"limit\": 8}}");
        long back = alice.post(ONE + "/updates/" + second.number() + "/rollback", null).path("number").asLong();
        assertThat(world.await(world.deployer().records().update(back).orElseThrow()).status()).isEqualTo(UpdateStatus.SUCCESS);

        assertThat(health().path("health").asText()).as("%s", health()).isEqualTo("HEALTHY");
    }
}
