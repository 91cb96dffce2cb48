package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a deployment over several updates, by its settings and by its deletion. */
class DeploymentLifeTest extends OnProd {

    @Test
    void variables_and_tags_and_triggers_of_the_deployment_reach_the_node() {
        world.publish(churn("v1").variable("region", "eu"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(new SettingsChange(null, null, null, null, null,
                Map.of("cluster", TextNode.valueOf("k8s-prod")), null, true, List.of("nightly"))));

        assertThat(project().localVariables().path("cluster").asText()).isEqualTo("k8s-prod");
        assertThat(project().standardVariables().path("region").asText()).isEqualTo("eu");
        assertThat(project().settings().path("settings").path("disableAutomaticTriggers").asBoolean()).isTrue();
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().tags()).containsExactly("nightly");
    }

    @Test
    void the_infrastructures_remaps_are_copied_at_creation_and_the_deployments_own_win() {
        deploy("v1");
        world.node("prod").state().resources().connection("sql-new", "PostgreSQL");
        world.connections("prod", new Remap("sql-dev", "sql-new"));

        deploy("v2");
        assertThat(project().connectionOf("customers")).as("later edits touch no existing deployment").isEqualTo("sql-prod");

        world.publish(churn("v3"));
        world.deploy(World.request("CHURN", "v3", "prod").settings(new SettingsChange(
                null, List.of(new Remap("sql-dev", "sql-new")), null, null, null, null, null, null, null)));
        assertThat(project().connectionOf("customers")).isEqualTo("sql-new");
    }

    @Test
    void changed_settings_and_a_changed_bundle_take_effect_at_the_next_update_and_not_before() {
        deploy("v1");
        world.publish(churn("v2"));
        int calls = node().calls().size();

        administration().change("alice", "churn-ON-prod", "v2", variables("region", "eu"));
        assertThat(node().calls()).hasSize(calls);
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().localVariables().has("region")).isFalse();

        Update update = world.deploy(World.request("CHURN", null, "prod"));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().activeBundleId()).isEqualTo("v2");
        assertThat(project().localVariables().path("region").asText()).isEqualTo("eu");
    }

    @Test
    void settings_do_not_change_under_an_update_that_is_on_its_way() {
        deploy("v1");
        world.publish(churn("v2"));
        node().faults().on("POST", "*/v2/actions/preload").once(new Fault.Hang());
        Update update = world.submit(World.request("CHURN", "v2", "prod").build());
        patiently().until(() -> world.deployer().records().update(update.number()).orElseThrow().phase() == Phase.PRELOAD);

        refused(Refused.Reason.CONFLICT, () -> administration().change("alice", "CHURN-on-prod", null, variables("a", "b")),
                "update " + update.number() + " by alice");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteDeployment("alice", "CHURN-on-prod"),
                "update " + update.number() + " by alice");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteBundle("alice", "CHURN", "v2"),
                "CHURN");
        world.deployer().abort(update.request().key(), "alice");
        world.await(update);
    }

    @Test
    void a_deleted_deployment_leaves_its_project_on_the_node_where_nobody_claims_it_any_more() {
        deploy("v1");
        administration().deleteDeployment("alice", "CHURN-on-prod");

        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isEmpty();
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(node().calls()).noneMatch(call -> call.method().equals("DELETE"));

        Update next = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(next.messages()).extracting(Message::code).as("a project of nobody is adopted on purpose or not at all")
                .contains("PROJECT_OF_NOBODY");
    }

    @Test
    void a_project_made_by_hand_after_the_node_refused_to_create_it_is_not_overwritten() {
        world.publish(churn("v1"));
        node().faults().on("POST", "/projectsFromBundle/").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update refused = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(refused.messages()).extracting(Message::text).anyMatch(text -> text.contains("No more disk"));
        node().state().addProject("CHURN", "svc_deploy");

        Update next = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(next.messages()).extracting(Message::code).contains("PROJECT_OF_NOBODY");
        assertThat(project().activeBundleId()).isNull();
    }

    @Test
    void a_deployment_that_uses_the_infrastructures_remapping_reads_it_anew_at_each_update() {
        node().state().resources().connection("sql-new", "PostgreSQL").connection("sql-newest", "PostgreSQL");
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(readsAnew()));
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");

        world.connections("prod", new Remap("sql-dev", "sql-new"));
        deploy("v2");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-new");

        administration().change("alice", "CHURN-on-prod", null, new SettingsChange(
                null, List.of(new Remap("sql-dev", "sql-prod")), null, null, null, null, null, null, null));
        deploy("v3");
        assertThat(project().connectionOf("customers")).as("the deployment's own win").isEqualTo("sql-prod");
    }

    @Test
    void a_deployment_that_begins_to_use_the_infrastructures_remapping_gives_up_what_it_had_copied() {
        node().state().resources().connection("sql-new", "PostgreSQL");
        deploy("v1");
        administration().change("alice", "CHURN-on-prod", null, readsAnew());
        world.connections("prod", new Remap("sql-dev", "sql-new"));
        deploy("v2");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-new");
    }

    private static SettingsChange readsAnew() {
        return new SettingsChange(null, null, null, null, true, null, null, null, null);
    }

    @Test
    void a_new_project_is_made_in_its_folder_and_a_folder_that_is_missing_is_named() {
        world.publish(churn("v1"));
        Update missing = world.deploy(World.request("CHURN", "v1", "prod").settings(folder("/Marketing/Nowhere")));
        assertThat(missing.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(missing.phases()).extracting(Update.PhaseRun::phase).as("the plan finds it").doesNotContain(Phase.RECHECK);
        assertThat(missing.messages()).extracting(Message::text)
                .anyMatch(text -> text.contains("no project folder \"/Marketing/Nowhere\"") && text.contains("change projectFolder"));
        assertThat(node().state().findProject("CHURN")).isEmpty();

        String marketing = node().state().folders().add("ROOT", "Marketing");
        Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(folder("/Marketing")));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().folderId()).isEqualTo(marketing);
    }

    private static SettingsChange folder(String path) {
        return new SettingsChange(path, null, null, null, null, null, null, null, null);
    }

    @Test
    void tags_of_a_deployment_are_kept_and_replaced() {
        deploy("v1");
        administration().change("alice", "CHURN-on-prod", null,
                new SettingsChange(null, null, null, null, null, null, null, null, List.of("gold", "eu")));
        administration().change("alice", "CHURN-on-prod", null, variables("a", "b"));
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().tags()).containsExactly("gold", "eu");
    }
}
