package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentResourcesTest {

    private static final String ALL = "/project-deployer/deployments";
    private static final String ONE = ALL + "/CHURN-on-prod";

    private World world;
    private Caller alice;

    @BeforeEach
    void two_bundles(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production").connections("prod", new Remap("sql-dev", "sql-prod"));
        alice = new Caller(world, "alice");
        world.publish(churn("v1"));
        world.publish(churn("v2"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).connection("sql-dev", "PostgreSQL").scenario("TRAIN");
    }

    private void create() {
        alice.post(ALL + "?ignoreWarnings=False", "{\"deploymentId\": \"CHURN-on-prod\", \"publishedProjectKey\": \"CHURN\","
                + " \"infraId\": \"prod\", \"bundleId\": \"v1\"}");
    }

    @Test
    void creating_brings_nothing_to_the_node_and_an_update_does() {
        create();
        assertThat(world.node("prod").state().findProject("CHURN")).isEmpty();
        assertThat(alice.get(ONE).path("neverEverDeployed").asBoolean()).isTrue();
        assertThat(alice.get(ONE + "/status").path("health").asText()).isEqualTo("UNKNOWN");

        JsonNode result = alice.update("CHURN-on-prod");

        assertThat(result.path("status").asText()).isEqualTo("SUCCESS");
        assertThat(result.path("error").asBoolean()).isFalse();
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(alice.get(ONE).path("neverEverDeployed").asBoolean()).isFalse();
        assertThat(alice.get(ONE + "/status").path("health").asText()).isEqualTo("HEALTHY");
    }

    @Test
    void a_new_deployment_begins_with_the_infrastructures_remaps() {
        create();

        JsonNode settings = alice.get(ONE + "/settings");
        assertThat(settings.at("/bundleContainerSettings/remapping/connections").toString())
                .isEqualTo("[{\"source\":\"sql-dev\",\"target\":\"sql-prod\"}]");
        assertThat(settings.path("bundleId").asText()).isEqualTo("v1");
        assertThat(settings.path("infraId").asText()).isEqualTo("prod");
    }

    @Test
    void settings_that_were_read_changed_and_sent_back_reach_the_node_with_the_next_update() {
        create();
        alice.update("CHURN-on-prod");
        ObjectNode settings = (ObjectNode) alice.get(ONE + "/settings");
        settings.put("bundleId", "v2");
        settings.putObject("localVariables").put("schema", "prod");
        settings.putObject("scenariosToActivate").put("TRAIN", false);

        alice.put(ONE + "/settings?ignoreWarnings=False", settings);
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
        alice.update("CHURN-on-prod");

        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v2");
        assertThat(world.node("prod").state().project("CHURN").localVariables().path("schema").asText()).isEqualTo("prod");
        assertThat(alice.get(ONE + "/settings")).isEqualTo(settings);
    }

    @Test
    void a_document_that_comes_back_unchanged_changes_nothing() {
        create();
        JsonNode settings = alice.get(ONE + "/settings");
        var before = world.deployer().records().deployment("CHURN-on-prod");

        alice.put(ONE + "/settings", settings);

        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isEqualTo(before);
        assertThat(before.orElseThrow().settings().variables()).as("left as they are on the node").isNull();
    }

    @Test
    void variables_that_are_null_are_the_nodes_own_again_and_an_empty_object_is_none() {
        create();
        String all = "{\"localVariables\": {\"region\": \"eu\"}}";
        alice.put(ONE + "/settings", Json.read(all, ObjectNode.class));
        alice.update("CHURN-on-prod");

        alice.put(ONE + "/settings", Json.read("{\"localVariables\": null}", ObjectNode.class));
        alice.update("CHURN-on-prod");
        assertThat(world.node("prod").state().project("CHURN").localVariables().path("region").asText()).isEqualTo("eu");
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().variables()).isNull();

        alice.put(ONE + "/settings", Json.read(all, ObjectNode.class));
        alice.put(ONE + "/settings", Json.read("{\"localVariables\": {}}", ObjectNode.class));
        alice.update("CHURN-on-prod");
        assertThat(world.node("prod").state().project("CHURN").localVariables()).isEmpty();
    }

    @Test
    void a_list_shows_of_each_deployment_the_bundle_that_it_has_and_one_deployment_all_of_its_projects() {
        create();

        assertThat(alice.get("/project-deployer/deployments").get(0).path("packages").findValuesAsText("id")).containsExactly("v1");
        assertThat(alice.get(ONE).path("packages").findValuesAsText("id")).containsExactly("v2", "v1");
    }

    @Test
    void settings_that_are_together_more_than_can_be_recorded_are_refused_in_words() {
        create();
        String much = "x".repeat(7 << 20);
        alice.put(ONE + "/settings", Json.read("{\"localVariables\": {\"a\": \"" + much + "\"}}", ObjectNode.class));
        alice.put(ONE + "/settings", Json.read("{\"projectFolder\": \"" + much + "\"}", ObjectNode.class));

        Caller.Answer answer = alice.ask("PUT", ONE + "/settings", "{\"bundleContainerSettings\": {\"remapping\": {\"connections\":"
                + " [{\"source\": \"" + much + "\", \"target\": \"x\"}]}}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("too much to be recorded");
    }

    @Test
    void a_history_lists_a_thousand_updates_at_most_whatever_is_asked_for() {
        create();
        Records records = world.deployer().records();
        for (int i = 0; i < 1001; i++) {
            long number = records.submit(World.request("CHURN", "v1", "prod").build()).number();
            records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
            records.record(number, new UpdateEvent.Ended(UpdateStatus.FAILED));
        }

        assertThat(alice.get(ONE + "/update?limit=5000")).hasSize(1000);
        assertThat(alice.get(ONE + "/update?limit=2")).hasSize(2);
    }

    @Test
    void a_table_that_comes_back_shorter_is_shorter() {
        create();
        ObjectNode settings = (ObjectNode) alice.get(ONE + "/settings");
        ((ObjectNode) settings.at("/bundleContainerSettings/remapping")).putArray("connections");

        alice.put(ONE + "/settings", settings);

        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().connections()).isEmpty();
    }

    @Test
    void what_cannot_be_changed_is_refused_by_the_fields_name() {
        create();

        for (String document : List.of("{\"id\": \"x\"}", "{\"infraId\": \"dev\"}", "{\"publishedProjectKey\": \"x\"}", "{\"deployedProjectKey\": \"x\"}",
                "{\"bundleContainerSettings\": {\"codeEnvsBehavior\": {\"importTimeMode\": \"DO_NOTHING\"}}}")) {
            Caller.Answer answer = alice.ask("PUT", ONE + "/settings", document);
            assertThat(answer.status()).as(document).isEqualTo(400);
            assertThat(answer.error()).contains("cannot be changed here");
        }
        assertThat(alice.ask("PUT", ONE + "/settings", "{\"bundleId\": \"v9\"}").status()).isEqualTo(404);
        assertThat(alice.ask("PUT", ONE + "/settings", "{\"tags\": [1]}").status()).isEqualTo(400);
        assertThat(alice.ask("PUT", ONE + "/settings", "{\"tags\": [\"" + "x".repeat(2000) + "\", \"" + "y".repeat(2000) + "\"]}").error())
                .contains("tags has 4,002 characters");
        assertThat(alice.ask("PUT", ONE + "/settings", "{\"scenariosToActivate\": {\"TRAIN\": 1}}").status()).isEqualTo(400);
    }

    @Test
    void who_may_only_look_changes_nothing_and_who_may_not_look_finds_nothing() {
        create();
        Caller carol = alice.as("carol");

        for (String path : List.of("", "/status", "/settings", "/update", "/last-update", "/update/1", "/governance-status")) {
            Caller.Answer hidden = carol.ask("GET", ONE + path, null);
            Caller.Answer absent = carol.ask("GET", ALL + "/nope" + path, null);
            assertThat(hidden.status()).as(path).isEqualTo(404).isEqualTo(absent.status());
            assertThat(hidden.error()).isEqualTo(absent.error().replace("nope", "CHURN-on-prod"));
        }
        assertThat(carol.get(ALL)).isEmpty();
        assertThat(carol.ask("POST", ONE + "/actions/update", null).status()).isEqualTo(404);
        assertThat(carol.ask("DELETE", ONE, null).status()).isEqualTo(404);
        assertThat(carol.ask("PUT", ONE + "/settings", "{}").status()).isEqualTo(404);
        assertThat(alice.get(ALL)).hasSize(1);
        assertThat(alice.get(ONE).at("/deploymentBasicInfo/lastModifiedByDisplayName").asText()).as("whoever made it").isEqualTo("alice");
        alice.as("admin").put(ONE + "/settings", Json.read("{\"tags\": [\"daily\"]}", ObjectNode.class));
        assertThat(alice.get(ONE).at("/deploymentBasicInfo/lastModifiedByDisplayName").asText()).isEqualTo("admin");

        Caller bob = alice.as("bob");
        world.change("prod", i -> World.infrastructure(i.id(), i.stage(), i.nodes())).person("bob", false, "auditors");
        ObjectNode grants = (ObjectNode) alice.get("/project-deployer/projects/CHURN/settings");
        grants.withArray("permissions").addObject().put("group", "auditors").put("read", true);
        alice.put("/project-deployer/projects/CHURN/settings", grants);
        assertThat(bob.get(ONE + "/settings").path("bundleId").asText()).isEqualTo("v1");
        assertThat(bob.ask("PUT", ONE + "/settings", "{\"bundleId\": \"v2\"}").status()).isEqualTo(403);
        assertThat(bob.ask("POST", ONE + "/actions/update", null).status()).isEqualTo(403);
    }

    @Test
    void a_deployment_that_cannot_be_is_refused_at_once() {
        create();
        String body = "{\"deploymentId\": \"%s\", \"publishedProjectKey\": \"%s\", \"infraId\": \"%s\", \"bundleId\": \"%s\"}";

        assertThat(alice.ask("POST", ALL, body.formatted("CHURN-on-prod", "CHURN", "prod", "v1")).status()).isEqualTo(409);
        assertThat(alice.ask("POST", ALL, body.formatted("other", "CHURN", "prod", "v1")).status()).isEqualTo(409);
        assertThat(alice.ask("POST", ALL, body.formatted("a b", "CHURN", "prod", "v1")).status()).isEqualTo(400);
        assertThat(alice.ask("POST", ALL, body.formatted("x", "CHURN", "prod", "v9")).status()).isEqualTo(404);
        assertThat(alice.ask("POST", ALL, body.formatted("x", "CHURN", "nope", "v1")).status()).isEqualTo(404);
        assertThat(alice.ask("POST", ALL, body.formatted("x", "NOPE", "prod", "v1")).status()).isEqualTo(404);
        assertThat(alice.ask("POST", ALL, "{\"deploymentId\": \"x\", \"projectFolderId\": \"abc\"}").error()).contains("projectFolder");
        assertThat(alice.as("carol").ask("POST", ALL, body.formatted("x", "CHURN", "prod", "v1")).status()).isEqualTo(404);
    }

    @Test
    void the_history_has_each_update_with_its_log() {
        create();
        alice.update("CHURN-on-prod");
        alice.update("CHURN-on-prod");

        JsonNode list = alice.get(ONE + "/update");
        assertThat(list).hasSize(2);
        assertThat(list.get(0).path("status").asText()).isIn("SUCCESS", "WARNING");
        assertThat(list.get(0).path("type").asText()).isEqualTo("UPDATE");
        JsonNode one = alice.get(ONE + "/update/" + list.get(1).path("startTimestamp").asLong());
        assertThat(one.path("number").asLong()).isEqualTo(1);
        assertThat(one.path("requester").asText()).isEqualTo("alice");
        assertThat(one.path("endTimestamp").asLong()).isGreaterThanOrEqualTo(one.path("startTimestamp").asLong());
        assertThat(one.at("/logs/lines").toString()).contains("activate DONE");
        assertThat(alice.get(ONE + "/last-update").path("number").asLong()).isEqualTo(2);
        assertThat(alice.get(ONE + "/update?limit=1")).hasSize(1);
        assertThat(alice.ask("GET", ONE + "/update?limit=0", null).status()).isEqualTo(400);
        assertThat(alice.ask("GET", ONE + "/update/1", null).status()).isEqualTo(404);
    }

    @Test
    void an_update_that_fails_is_a_result_with_an_error() {
        create();
        alice.update("CHURN-on-prod");
        world.node("prod").state().resources().removeConnection("sql-prod");

        JsonNode result = alice.update("CHURN-on-prod");

        assertThat(result.path("status").asText()).isEqualTo("FAILED");
        assertThat(result.path("error").asBoolean()).isTrue();
        assertThat(result.path("messages").findValuesAsText("code")).contains("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION");
    }

    @Test
    void a_future_shows_an_update_under_way_and_aborts_it() {
        create();
        world.node("prod").faults().on("GET", "/projects/").once(new Fault.Hang());
        String job = alice.post(ONE + "/actions/update", null).path("jobId").asText();

        JsonNode future = alice.get("/futures/" + job + "?peek=True");
        assertThat(future.path("alive").asBoolean()).isTrue();
        assertThat(future.path("hasResult").asBoolean()).isFalse();
        assertThat(alice.get("/futures/").findValuesAsText("jobId")).containsExactly(job);
        ObjectNode rights = (ObjectNode) alice.get("/project-deployer/projects/CHURN/settings");
        rights.withArray("permissions").addObject().put("user", "bob").put("read", true);
        alice.put("/project-deployer/projects/CHURN/settings", rights);
        for (String user : List.of("admin", "bob")) {
            assertThat(alice.as(user).get("/futures/?withScenarios=False&withNotScenarios=True&allUsers=False")).as(user).isEmpty();
        }
        assertThat(alice.as("admin").get("/futures/?allUsers=True").findValuesAsText("jobId")).containsExactly(job);
        assertThat(alice.as("bob").get("/futures/?allUsers=True")).as("bob may see the deployment, and administers no Jenkins").isEmpty();
        assertThat(alice.as("bob").get("/futures/" + job).path("alive").asBoolean()).isTrue();
        assertThat(alice.as("carol").ask("GET", "/futures/" + job, null).status()).isEqualTo(404);
        assertThat(alice.as("carol").ask("DELETE", "/futures/" + job, null).status()).isEqualTo(404);

        alice.delete("/futures/" + job);

        world.await(world.deployer().records().update(job).orElseThrow());
        assertThat(alice.get("/futures/" + job).path("aborted").asBoolean()).isTrue();
        assertThat(alice.get("/futures/" + job).at("/result/status").asText()).isEqualTo("ABORTED");
    }

    @Test
    void deleting_leaves_the_project_on_the_node() {
        create();
        alice.update("CHURN-on-prod");

        alice.delete(ONE);

        assertThat(alice.ask("GET", ONE, null).status()).isEqualTo(404);
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void a_deployment_that_is_made_anew_has_none_of_its_namesakes_history() {
        create();
        alice.update("CHURN-on-prod");
        alice.delete(ONE);
        create();

        assertThat(alice.get(ONE + "/update")).isEmpty();
        assertThat(alice.ask("GET", ONE + "/last-update", null).status()).isEqualTo(404);
    }
}
