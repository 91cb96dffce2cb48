package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard says of one deployment, and to whom it says that there is one. */
class CardTest {

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        alice = new Caller(world, "alice").onPages();
        world.publish(BundleZip.of("CHURN", "v1"));
        world.publish(BundleZip.of("CHURN", "v2"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private JsonNode card() {
        return alice.get("/deployments").at("/deployments/0");
    }

    private static DeployRequest.Builder byBob(String bundle, String infrastructure) {
        return DeployRequest.of(UUID.randomUUID().toString(), "bob", "CHURN", infrastructure).bundle(bundle);
    }

    private void says(String wanted, Update broughtBy, String... active) {
        JsonNode card = card();
        assertThat(card.path("project").asText()).isEqualTo("CHURN");
        assertThat(card.path("bundle").asText()).isEqualTo(wanted);
        assertThat(card.path("activeBundles")).extracting(JsonNode::asText).containsExactly(active);
        assertThat(card.path("since").asText()).isEqualTo(broughtBy.endedAt().toString());
        assertThat(card.path("by").asText()).isEqualTo(broughtBy.request().requestingUser());
    }

    @Test
    void it_says_what_is_there_since_when_and_by_whom_whatever_has_failed_or_is_wanted_since() {
        Update first = world.deploy(World.request("CHURN", "v1", "prod"));
        says("v1", first, "v1");

        world.node("prod").faults().on("POST", "*/v2/actions/preload").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        assertThat(world.deploy(byBob("v2", "prod")).status()).isEqualTo(UpdateStatus.FAILED);
        says("v1", first, "v1");

        Update back = world.deploy(byBob("v2", "prod").testScenarios(List.of("NOT_THERE")).onFailure(OnFailure.ROLLBACK));
        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        says("v1", first, "v1");

        alice.put("/deployments/CHURN-on-prod/settings", Json.MAPPER.createObjectNode().put("bundleId", "v2"));
        says("v2", first, "v1");

        says("v2", world.deploy(byBob("v2", "prod")), "v2");
    }

    @Test
    void it_names_each_bundle_that_is_active_where_nodes_have_different_ones() {
        world.infrastructure("pair", "Test", 2);
        world.deploy(World.request("CHURN", "v1", "pair"));
        world.node("pair-2").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update failed = world.deploy(byBob("v2", "pair"));

        says(card().path("bundle").asText(), failed, "v1", "v2");

        world.publish(BundleZip.of("CHURN", "v3"));
        for (String node : List.of("pair-1", "pair-2")) {
            world.node(node).faults().on("POST", "*/v3/actions/preload").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        }
        assertThat(world.deploy(World.request("CHURN", "v3", "pair")).status()).isEqualTo(UpdateStatus.FAILED);
        says(card().path("bundle").asText(), failed, "v1", "v2");
    }

    @Test
    void what_has_never_been_active_anywhere_has_come_from_nobody() {
        world.node("prod").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).status()).isEqualTo(UpdateStatus.FAILED);

        assertThat(card().path("activeBundles")).isEmpty();
        assertThat(card().path("since").isNull() && card().path("by").isNull()).isTrue();
    }

    @Test
    void it_is_there_for_those_who_see_both_infrastructure_and_project_and_the_filters_name_neither_of_the_others() {
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.change("prod", i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(),
                Stream.concat(i.grants().stream(), Stream.of(Grant.toUser("carol", InfrastructureRight.READ))).toList(),
                i.connections(), i.codeEnvs(), i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs()));
        world.person("dave", false, "release");

        JsonNode withoutProject = alice.as("carol").get("/deployments");
        JsonNode withoutInfrastructure = alice.as("dave").get("/deployments");

        for (JsonNode page : List.of(withoutProject, withoutInfrastructure)) {
            assertThat(page.path("deployments")).isEmpty();
            assertThat(page.path("projects")).isEmpty();
            assertThat(page.path("stages").findValuesAsText("deployments")).containsOnly("0");
        }
        assertThat(withoutProject.path("infrastructures")).extracting(JsonNode::asText).containsExactly("prod");
        assertThat(withoutInfrastructure.path("infrastructures")).isEmpty();
    }

    @Test
    void the_filters_by_infrastructure_and_by_project_each_count_alone() {
        world.infrastructure("dev", "Development");
        world.publish(BundleZip.of("FRAUD", "v1"));
        for (String id : List.of("CHURN-on-dev", "FRAUD-on-dev", "CHURN-on-prod")) {
            String[] target = id.split("-on-");
            world.deployer().administration().create("alice", id, target[0], target[1], "v1", null, SettingsChange.NONE);
        }

        assertThat(alice.get("/deployments?infrastructure=prod").path("deployments").findValuesAsText("id")).containsExactly("CHURN-on-prod");
        assertThat(alice.get("/deployments?project=CHURN").path("deployments").findValuesAsText("id")).containsExactly("CHURN-on-dev", "CHURN-on-prod");
    }
}
