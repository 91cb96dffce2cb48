package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Going back, after a failure and when somebody asks for it. */
class RollBackTest extends OnProd {

    @Test
    void a_failed_test_scenario_fails_the_update_and_rolls_back_what_was_there_before() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(new SettingsChange(
                null, null, null, null, null, Map.of("n", TextNode.valueOf("1")), Map.of("NIGHTLY", true), null, null)));
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v2"));

        Update update = world.deploy(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).settings(new SettingsChange(
                        null, null, null, null, null, Map.of("n", TextNode.valueOf("2")), Map.of("NIGHTLY", false), null, null)));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(update.messages()).extracting(Message::code).contains("TEST_FAILED");
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().localVariables().path("n").asText()).isEqualTo("1");
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(update.nodes()).extracting(Update.NodeResult::activeBundle).containsExactly("v1");
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().bundleId())
                .as("the deployment wants again what is there").isEqualTo("v1");
    }

    @Test
    void going_back_after_a_failure_restores_remappings_settings_permissions_and_run_as_users() {
        world.policies("prod", PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", "svc_run");
        world.node("prod").state().resources().connection("sql-new", "PostgreSQL");
        deploy("v1");
        project().webapp("dash").runAsUser("svc_hooks");
        project().scenario("NIGHTLY").active(true);
        var settings = project().settings().deepCopy();
        var permissions = project().permissions().deepCopy();
        assertThat(permissions).isNotEmpty();
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v2"));
        List<String> meanwhile = new java.util.ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before ROLL_BACK")) {
                meanwhile.add(project().connectionOf("customers") + " " + project().webapp("dash").runAsUser() + " "
                        + project().settings().path("settings").path("disableAutomaticTriggers"));
                project().grant("release", ProjectFlag.admin);
            }
        });
        Update update = world.deploy(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).settings(new SettingsChange(
                        null, List.of(new Remap("sql-dev", "sql-new")), null, null, null, null, null, true, null)));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(meanwhile).as("it was otherwise in between").containsExactly("sql-new svc_run true");
        assertThat(project().settings()).isEqualTo(settings);
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project().permissions()).isEqualTo(permissions);
        assertThat(project().webapp("dash").runAsUser()).isEqualTo("svc_hooks");
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
    }

    @Test
    void going_back_from_a_first_deployment_leaves_the_project_with_its_scenarios_off_and_says_so() {
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).settings(new SettingsChange(
                        null, null, null, null, null, null, Map.of("NIGHTLY", true), null, null)));

        assertThat(update.status()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(project().scenario("NIGHTLY").isActive()).isFalse();
        assertThat(update.messages()).extracting(Message::code).contains("LEFT_WITH_SCENARIOS_OFF");
    }

    @Test
    void an_explicit_roll_back_is_an_update_of_its_own() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        deploy("v1");
        project().scenario("NIGHTLY").active(true);
        Update second = deploy("v2");
        project().grant("release", ProjectFlag.admin);
        project().scenario("NIGHTLY").active(false);

        Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(second.number()));

        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().permissions()).as("as they were before the second update").isEmpty();
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
    }

    @Test
    void an_explicit_roll_back_lets_be_what_a_newer_version_of_the_node_has_added_to_the_settings() {
        deploy("v1");
        Update second = deploy("v2");
        node().state().newerSettings("aiFeatures", "dateParsing");

        Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(second.number()));

        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().activeBundleId()).isEqualTo("v1");
    }

    @Test
    void a_failure_on_one_of_several_nodes_takes_all_of_them_back() {
        several("trio", 3);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "trio").settings(variables("n", "1")));
        world.publish(churn("v2"));
        world.node("trio-2").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));

        Update update = world.deploy(World.request("CHURN", "v2", "trio").settings(variables("n", "2")).onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(update.nodes()).extracting(Update.NodeResult::activeBundle).containsExactly("v1", "v1", "v1");
        for (int i = 1; i <= 3; i++) {
            assertThat(world.node("trio-" + i).state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(world.node("trio-" + i).state().project("CHURN").localVariables().path("n").asText()).isEqualTo("1");
        }
    }

    @Test
    void a_node_that_cannot_go_back_is_told_of_and_the_others_go_back_all_the_same() {
        several("pair", 2);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "pair"));
        world.node("pair-1").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v2"));
        world.node("pair-1").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));

        Update update = world.deploy(World.request("CHURN", "v2", "pair").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.nodes()).extracting(Update.NodeResult::node, Update.NodeResult::activeBundle)
                .containsExactlyInAnyOrder(tuple("pair-1", "v2"), tuple("pair-2", "v1"));
        assertThat(world.node("pair-1").state().project("CHURN").activeBundleId()).isEqualTo("v2");
        assertThat(world.node("pair-2").state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(update.messages()).extracting(Message::text)
                .anyMatch(text -> text.contains("node pair-1 has bundle v2 active") && text.contains("node pair-2 has bundle v1 active"));
    }

    @Test
    void an_explicit_roll_back_goes_back_on_every_node() {
        several("pair", 2);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "pair").settings(variables("n", "1")));
        world.publish(churn("v2"));
        Update second = world.deploy(World.request("CHURN", "v2", "pair").settings(variables("n", "2")));

        Update back = world.deploy(World.request("CHURN", null, "pair").rollBackOf(second.number()));

        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.SUCCESS);
        for (int i = 1; i <= 2; i++) {
            assertThat(world.node("pair-" + i).state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(world.node("pair-" + i).state().project("CHURN").localVariables().path("n").asText()).isEqualTo("1");
        }
    }

    @Test
    void what_a_deleted_deployment_did_cannot_be_undone_by_its_namesake() {
        deploy("v1");
        Update second = deploy("v2");
        administration().deleteDeployment("alice", "CHURN-on-prod");
        world.publish(churn("v3"));
        world.deploy(new DeployRequest.Builder("again", List.of("bob"), "CHURN", "prod").bundle("v3").adopt(true));
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isPresent();

        Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(second.number()));
        assertThat(back.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(back.messages().get(0).text()).contains("There is no update of deployment CHURN-on-prod");
        assertThat(project().activeBundleId()).isEqualTo("v3");
    }
}
