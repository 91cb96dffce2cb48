package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneDeploymentTest {

    private static final String ONE = "/deployments/CHURN-on-prod";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        alice = new Caller(world, "alice").onPages();
        world.publish(BundleZip.of("CHURN", "v1").scenario("TRAIN"));
        world.publish(BundleZip.of("CHURN", "v2").scenario("TRAIN"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Update ended(JsonNode line) {
        return world.await(world.deployer().records().update(line.path("number").asLong()).orElseThrow());
    }

    @Test
    void it_says_what_is_where_on_each_node_and_by_which_update() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        JsonNode one = alice.get(ONE);

        assertThat(one.path("stage").asText()).isEqualTo("Production");
        assertThat(one.path("nodes")).hasSize(1);
        assertThat(one.at("/nodes/0/activeBundle").asText()).isEqualTo("v1");
        assertThat(one.at("/nodes/0/update").asInt()).isEqualTo(1);
        assertThat(one.path("bundles")).extracting(JsonNode::asText).containsExactly("v2", "v1");
        assertThat(one.path("canDeploy").asBoolean()).isTrue();
        assertThat(one.path("underWay").isNull()).isTrue();
    }

    @Test
    void whoever_may_not_see_it_learns_nothing_of_it() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        for (String below : List.of("", "/health", "/settings", "/updates", "/updates/1", "/differences?from=1&to=1")) {
            Caller.Answer hidden = alice.as("carol").ask("GET", ONE + below, null);
            Caller.Answer absent = alice.as("carol").ask("GET", "/deployments/NOPE-on-prod" + below, null);
            assertThat(hidden.status()).as(below).isEqualTo(404).isEqualTo(absent.status());
            assertThat(hidden.json().toString().replace("CHURN", "NOPE")).isEqualTo(absent.json().toString());
        }
        List<List<String>> changes = List.of(
                List.of("PUT", "/settings"), List.of("POST", "/updates"), List.of("POST", "/updates/1/retry"),
                List.of("POST", "/updates/1/rollback"), List.of("POST", "/updates/1/abort"), List.of("DELETE", ""));
        for (List<String> change : changes) {
            Caller.Answer hidden = alice.as("carol").ask(change.get(0), ONE + change.get(1), "{}");
            Caller.Answer absent = alice.as("carol").ask(change.get(0), "/deployments/NOPE-on-prod" + change.get(1), "{}");
            assertThat(hidden.status()).as("%s", change).isEqualTo(404).isEqualTo(absent.status());
            assertThat(hidden.json().toString().replace("CHURN", "NOPE")).as("%s", change).isEqualTo(absent.json().toString());
        }
        assertThat(alice.get(ONE + "/updates").path("updates")).as("nothing was begun").hasSize(1);
    }

    @Test
    void an_update_is_there_from_the_moment_it_is_asked_for() {
        world.node("prod").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        long failed = world.deploy(World.request("CHURN", "v1", "prod")).number();
        CompletableFuture<Void> looked = new CompletableFuture<>();
        world.barrier(place -> {
            if (place.equals("before AUTHORIZE")) {
                looked.join();
            }
        });

        JsonNode line = alice.post(ONE + "/updates/" + failed + "/retry", null);

        assertThat(alice.get(ONE + "/updates/" + line.path("number").asLong()).path("number")).isEqualTo(line.path("number"));
        assertThat(alice.get(ONE).at("/underWay/number")).isEqualTo(line.path("number"));
        looked.complete(null);
        assertThat(ended(line).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void drift_on_the_node_shows_with_the_point_in_which_it_is() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").state().removeProject("CHURN");

        JsonNode health = alice.get(ONE + "/health");

        assertThat(health.path("health").asText()).isEqualTo("ERROR");
        assertThat(health.path("messages").findValuesAsText("code")).contains("PROJECT_GONE");
    }

    @Test
    void a_changed_bundle_goes_out_with_the_next_update() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        alice.put(ONE + "/settings", Json.MAPPER.createObjectNode().put("bundleId", "v2"));
        assertThat(alice.get(ONE + "/health").path("health").asText()).isEqualTo("OUT_OF_SYNC");
        Update update = ended(alice.post(ONE + "/updates", "{\"testScenarios\": [], \"rollBackOnFailure\": true}"));

        assertThat(update.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(alice.get(ONE).at("/nodes/0/activeBundle").asText()).isEqualTo("v2");
        assertThat(alice.get(ONE + "/updates").path("updates").findValuesAsText("bundle")).containsExactly("v2", "v1");
    }

    @Test
    void settings_that_somebody_has_changed_meanwhile_are_not_overwritten() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        WebReply opened = alice.send("GET", ONE + "/settings", null, null);
        String tag = opened.headers().get("ETag");
        ObjectNode settings = (ObjectNode) Caller.answer(opened).json();
        alice.put(ONE + "/settings", settings.deepCopy().put("disableAutomaticTriggers", true));

        WebReply late = alice.sendWith("PUT", ONE + "/settings", name -> name.equals("If-Match") ? tag : null,
                new ByteArrayInputStream(settings.toString().getBytes(StandardCharsets.UTF_8)));

        assertThat(late.status()).isEqualTo(409);
        assertThat(alice.get(ONE + "/settings").path("disableAutomaticTriggers").asBoolean()).isTrue();
    }

    @Test
    void settings_are_not_overwritten_that_somebody_changes_while_they_are_being_saved() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        WebReply opened = alice.send("GET", ONE + "/settings", null, null);
        ObjectNode settings = (ObjectNode) Caller.answer(opened).json();

        Caller.Answer late = alice.putWhile(ONE + "/settings", opened.headers().get("ETag"), settings.deepCopy().put("projectFolder", "a"),
                () -> alice.put(ONE + "/settings", settings.deepCopy().put("projectFolder", "b")));

        assertThat(late.error()).startsWith("CONFLICT").contains("load them again");
        assertThat(alice.get(ONE + "/settings").path("projectFolder").asText()).isEqualTo("b");
    }

    @Test
    void another_bundle_leaves_what_somebody_changes_in_the_settings_while_it_is_being_saved() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        Caller.Answer late = alice.putWhile(ONE + "/settings", null, Json.MAPPER.createObjectNode().put("bundleId", "v2"),
                () -> alice.put(ONE + "/settings", Json.MAPPER.createObjectNode().put("projectFolder", "b")));

        assertThat(late.status()).isEqualTo(200);
        assertThat(late.json().path("bundleId").asText()).isEqualTo("v2");
        assertThat(late.json().path("projectFolder").asText()).isEqualTo("b");
    }

    @Test
    void settings_with_the_same_values_in_other_places_have_another_tag() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        List<String> tags = Stream.of("{\"S1\": true, \"S2\": false}", "{\"S1\": false, \"S2\": true}")
                .map(scenarios -> alice.sendWith("PUT", ONE + "/settings", name -> null, new ByteArrayInputStream(
                        ("{\"scenariosToActivate\": " + scenarios + "}").getBytes(StandardCharsets.UTF_8))).headers().get("ETag"))
                .toList();

        assertThat(tags).doesNotHaveDuplicates();
    }

    @Test
    void an_update_that_failed_can_be_tried_again_and_goes_on_from_what_is_there() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));
        Update failed = world.deploy(World.request("CHURN", "v2", "prod"));
        assertThat(failed.status()).isEqualTo(UpdateStatus.FAILED);
        world.node("prod").forgetCalls();
        assertThat(against(failed)).isEmpty();

        Update again = ended(alice.post(ONE + "/updates/" + failed.number() + "/retry", null));

        assertThat(again.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(again.bundleId()).isEqualTo("v2");
        assertThat(world.node("prod").calls()).as("the bundle is there").noneMatch(call -> call.toString().contains("importFromStream"));
        assertThat(alice.ask("POST", ONE + "/updates/" + again.number() + "/retry", null).error()).startsWith("CONFLICT");
    }

    @Test
    void an_update_is_not_tried_again_once_a_newer_one_has_come_to_the_nodes() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));
        Update failed = world.deploy(World.request("CHURN", "v1", "prod"));
        world.deploy(World.request("CHURN", "v2", "prod").dryRun(true));
        Update again = ended(alice.post(ONE + "/updates/" + failed.number() + "/retry", null));
        assertThat(again.status()).as("a newer plan changes nothing").isEqualTo(UpdateStatus.SUCCESS);
        Update newer = world.deploy(World.request("CHURN", "v2", "prod"));

        String refused = alice.ask("POST", ONE + "/updates/" + failed.number() + "/retry", null).error();

        assertThat(refused).startsWith("CONFLICT").contains("Update " + newer.number(), "bundle v1");
        assertThat(refused).as("the page says so before").endsWith(against(failed)).isNotEqualTo("CONFLICT: ");
        assertThat(against(newer)).contains("nothing to try again");
        assertThat(alice.get(ONE).at("/nodes/0/activeBundle").asText()).isEqualTo("v2");
    }

    /** What the page says instead of offering to try again; empty: it offers it. */
    private String against(Update update) {
        return alice.get(ONE + "/updates/" + update.number()).path("againstRetry").asText("");
    }

    @Test
    void an_update_is_rolled_back_by_an_update() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        Update second = world.deploy(World.request("CHURN", "v2", "prod"));

        JsonNode back = alice.post(ONE + "/updates/" + second.number() + "/rollback", null);

        assertThat(back.path("type").asText()).isEqualTo("ROLL_BACK");
        assertThat(ended(back).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(alice.get(ONE).at("/nodes/0/activeBundle").asText()).isEqualTo("v1");
    }

    @Test
    void two_updates_are_compared_value_by_value() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        alice.put(ONE + "/settings", Json.read(
                "{\"bundleId\": \"v2\", \"localVariables\": {\"limit\": 7}, \"tags\": [\"nightly\"]}", ObjectNode.class));
        ended(alice.post(ONE + "/updates", "{}"));

        JsonNode differences = alice.get(ONE + "/differences?from=1&to=2").path("differences");

        assertThat(differences.findValuesAsText("what")).contains("bundle", "bundle SHA-256", "settings / tags / 1", "settings / variables / limit");
        JsonNode bundle = StreamSupport.stream(differences.spliterator(), false)
                .filter(each -> each.path("what").asText().equals("bundle")).findFirst().orElseThrow();
        assertThat(bundle.path("from").asText()).isEqualTo("v1");
        assertThat(bundle.path("to").asText()).isEqualTo("v2");
        assertThat(alice.get(ONE + "/differences?from=2&to=2").path("differences")).isEmpty();
    }

    @Test
    void what_hooks_printed_is_for_those_who_administer_the_infrastructure() {
        world.hooks("prod", World.hook("notify", HookPhase.POST,
                "def execute(**kwargs):\n    print('printed by the hook')\n    return HookResult.success('told')"));
        world.deploy(World.request("CHURN", "v1", "prod"));

        JsonNode alices = alice.get(ONE + "/updates/1");
        assertThat(alices.path("runs").findValuesAsText("outcome")).containsExactly("SUCCESS");
        assertThat(alices.toString()).doesNotContain("printed by the hook");
        assertThat(alice.as("admin").get(ONE + "/updates/1").at("/runs/0/details").asText()).contains("printed by the hook");
        assertThat(alices.path("phases").findValuesAsText("phase")).contains("plan", "send", "activate", "report");
        assertThat(alices.path("log")).isNotEmpty();
    }

    @Test
    void the_job_that_asked_is_named_to_those_who_may_read_it() {
        world.deploy(World.request("CHURN", "v1", "prod").origin(
                new DeployRequest.Origin("secret/deploy#7", "secret/deploy", "https://jenkins.example/job/secret/job/deploy/7/")));

        WebReply hidden = alice.send("GET", ONE + "/updates/1", null, null);
        assertThat(Caller.answer(hidden).json().toString()).doesNotContain("secret");

        world.readable("secret/deploy");
        WebReply shown = alice.sendWith("GET", ONE + "/updates/1",
                name -> name.equals("If-None-Match") ? hidden.headers().get("ETag") : null, null);
        assertThat(Caller.answer(shown).json().at("/origin/job").asText()).isEqualTo("secret/deploy");
        assertThat(Caller.answer(shown).json().at("/origin/link").asText()).endsWith("/job/deploy/7/");
    }

    @Test
    void an_update_of_another_deployment_is_not_found_here() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.publish(BundleZip.of("FRAUD", "v1"));
        Update other = world.deploy(World.request("FRAUD", "v1", "prod"));

        for (String number : List.of(String.valueOf(other.number()), "99", "0", "x", "-1")) {
            assertThat(alice.ask("GET", ONE + "/updates/" + number, null).status()).as(number).isEqualTo(404);
        }
    }

    @Test
    void a_deleted_deployment_is_gone() {
        world.deploy(World.request("CHURN", "v1", "prod"));

        alice.delete(ONE);

        assertThat(alice.ask("GET", ONE, null).status()).isEqualTo(404);
        assertThat(world.node("prod").state().project("CHURN")).as("it stays on the node").isNotNull();
    }
}
