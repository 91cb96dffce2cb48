package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the policies of an infrastructure make of each update: who deploys, who owns the project, and whom it runs as. */
class PoliciesTest extends OnProd {

    @Test
    void changes_are_made_as_the_deploying_user_and_administration_with_the_key_itself() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(variables("n", "1")).testScenarios(List.of("TEST_SMOKE")));

        List<Call> calls = world.node("prod").calls();
        assertThat(calls).filteredOn(call -> call.path().contains("/projectsFromBundle") || call.path().contains("/actions/"))
                .isNotEmpty().allMatch(call -> "svc_deploy".equals(call.proxyUser()));
        for (String end : List.of("PUT /settings", "PUT /variables", "POST /run")) {
            assertThat(calls).as(end).filteredOn(call -> call.method().equals(end.split(" ")[0])
                            && call.path().contains(end.split(" ")[1]))
                    .isNotEmpty().allMatch(call -> "svc_deploy".equals(call.proxyUser()));
        }
        assertThat(calls).filteredOn(call -> call.method().equals("PUT")
                        && (call.path().contains("/scenarios/") || call.path().endsWith("/permissions")))
                .isNotEmpty().allMatch(call -> call.proxyUser() == null);
    }

    @Test
    void without_a_deploy_as_user_the_requesting_user_deploys_and_owns() {
        world.policies("prod", PermissionsPropagation.NONE, null, null, null);
        Update update = deploy("v1");

        assertThat(update.plan().users().deployingUser()).isEqualTo("alice");
        assertThat(project().owner()).isEqualTo("alice");
    }

    @Test
    void propagation_read_only_makes_readers_and_names_whom_the_node_does_not_know() {
        world.policies("prod", PermissionsPropagation.READ_ONLY, "svc_deploy", null, null);
        Update update = deploy("v1");

        assertThat(project().permissions()).as("the group, and the design project's owner").hasSize(2);
        assertThat(project().permissions()).extracting(line -> line.path("group").asText(line.path("user").asText()))
                .containsExactlyInAnyOrder("churn-team", "alice");
        assertThat(project().permissions()).allMatch(line -> line.path("readProjectContent").asBoolean())
                .noneMatch(line -> line.path("runScenarios").asBoolean());
        assertThat(update.allMessages()).extracting(Message::text).filteredOn(text -> text.contains("nobody-there")).hasSize(1);
        assertThat(Report.forHook(update).messages()).anyMatch(text -> text.contains("nobody-there"));
        assertThat(world.node("prod").state().directory().hasGroup("nobody-there")).isFalse();
    }

    @Test
    void propagation_all_replicates_and_later_updates_leave_permissions_alone() {
        world.policies("prod", PermissionsPropagation.ALL, "svc_deploy", null, null);
        deploy("v1");
        assertThat(project().permissions().get(0).path("runScenarios").asBoolean()).isTrue();
        int lines = project().permissions().size();

        project().grant("release", ProjectFlag.readProjectContent);
        deploy("v2");
        assertThat(project().activeBundleId()).isEqualTo("v2");
        assertThat(project().permissions()).hasSize(lines + 1);
    }

    @Test
    void every_scenario_and_web_app_runs_as_the_policy_says_after_each_update_and_none_is_on_before() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_hooks");
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(new SettingsChange(
                null, null, null, null, null, null, Map.of("NIGHTLY", true), null, null)));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project().scenario("TEST_SMOKE").runAsUser()).isEqualTo("svc_run");
        assertThat(project().webapp("dash").runAsUser()).isEqualTo("svc_hooks");

        project().addLocalScenario("LOCAL", "carol").active(true);
        deploy("v2");
        assertThat(project().scenario("NIGHTLY").isActive()).as("keeps its state").isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project().scenario("LOCAL").runAsUser()).as("all scenarios, local ones too").isEqualTo("svc_run");
        assertThat(project().scenario("LOCAL").isActive()).isTrue();
    }

    @Test
    void what_runs_as_the_right_user_already_is_not_written_again() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run");
        BundleZip bundle = BundleZip.of("CHURN", "v1").connection("sql-dev", "PostgreSQL")
                .scenario("A", s -> s.put("runAsUser", "svc_run")).webapp("w", w -> w.put("runAsUser", "svc_run"));
        world.publish(bundle);
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").forgetCalls();
        world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(world.node("prod").calls()).filteredOn(call -> call.method().equals("PUT")
                && (call.path().contains("/scenarios/") || call.path().contains("/webapps/"))).isEmpty();
    }

    @Test
    void without_a_policy_a_scenario_stays_off_that_would_run_as_whom_the_bundle_names() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", null, null);
        world.publish(churn("v1").scenario("STEAL", definition -> definition.put("active", true).put("runAsUser", "svc_hooks")));
        SettingsChange on = new SettingsChange(null, null, null, null, null, null, Map.of("NIGHTLY", true, "STEAL", true), null, null);
        for (int i = 0; i < 2; i++) {
            Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(on));

            assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.WARNING);
            assertThat(update.messages()).extracting(Message::code).contains("SCENARIO_DISTRUSTED");
            assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
            assertThat(project().scenario("STEAL").isActive()).as("update %s", update.number()).isFalse();
        }
        project().scenario("STEAL").active(true);
        world.deploy(World.request("CHURN", "v1", "prod").settings(on));
        assertThat(project().scenario("STEAL").isActive()).as("switched on on the node").isTrue();
    }

    @Test
    void a_jenkins_user_acts_on_the_node_as_the_mapped_login() {
        world.policies("prod", PermissionsPropagation.NONE, null, null, null);
        world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("ALICE", "svc_hooks")), null));
        Update update = deploy("v1");

        assertThat(update.plan().users().requestingLogin()).isEqualTo("svc_hooks");
        assertThat(project().owner()).isEqualTo("svc_hooks");
        assertThat(node().calls()).filteredOn(call -> call.path().contains("projectsFromBundle"))
                .isNotEmpty().extracting(Call::proxyUser).containsOnly("svc_hooks");
    }
}
