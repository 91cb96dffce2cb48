package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Planning.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who deploys, and who has the project on the nodes then. */
class PlannedUsersTest {

    private final Planning planning = new Planning();

    @Test
    void without_a_deploy_as_user_the_requesting_users_login_deploys() {
        planning.policies = Policies.DEFAULT;
        planning.logins = new LoginMapping(List.of(new LoginMapping.Entry("ALICE", "a.smith")), null);
        planning.node().users.put("a.smith", new NodeFacts.User(true, Set.of("deployers")));

        Plan plan = planning.plan();

        assertThat(plan.users()).isEqualTo(new Plan.Users("alice", "a.smith", "a.smith", null, null));
        assertThat(plan.messages()).isEmpty();
    }

    @Test
    void a_requesting_user_whom_the_node_does_not_know_is_told_what_to_do() {
        planning.policies = Policies.DEFAULT;
        planning.node().users.remove("alice");

        Message message = only(planning.plan());

        assertThat(message.code()).isEqualTo("USER_MISSING");
        assertThat(message.text()).contains("\"alice\"").contains("log in there once").contains("deployAsUser");
    }

    @Test
    void a_disabled_deploy_as_or_run_as_user_is_an_error() {
        planning.node().users.put("svc_deploy", new NodeFacts.User(false, Set.of("deployers")));
        planning.policies = new Policies(null, "svc_deploy", "svc_run", null);
        planning.node().users.put("svc_run", new NodeFacts.User(false, Set.of()));

        Plan plan = planning.plan();

        assertThat(plan.messages()).extracting(Message::code).containsExactly("USER_DISABLED", "USER_DISABLED");
        assertThat(plan.messages()).extracting(Message::text).anyMatch(text -> text.contains("deploy-as user \"svc_deploy\""))
                .anyMatch(text -> text.contains("run-as user of scenarios \"svc_run\""));
    }

    @Test
    void a_deploying_user_who_may_not_create_projects_is_a_warning_on_the_first_deployment_only() {
        planning.node().groups.put("deployers", new NodeFacts.Group(false, Optional.of(false)));

        assertThat(only(planning.plan()).code()).isEqualTo("USER_MAY_NOT_CREATE_PROJECTS");

        planning.deployedBefore();
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void none_gives_the_deploying_user_the_project_and_nobody_else_anything() {
        planning.designOwner = "bob";

        assertThat(planning.plan().permissions()).isEqualTo(new Plan.Scheme("svc_deploy", List.of(), List.of()));
    }

    @Test
    void limited_makes_everybody_of_the_design_project_a_reader() {
        planning.policies = new Policies(PermissionsPropagation.READ_ONLY, "svc_deploy", null, null);
        planning.designOwner = "alice";

        assertThat(planning.plan().permissions()).isEqualTo(new Plan.Scheme("svc_deploy", List.of(
                new ProjectPermissions("churn-team", null, Set.of("readProjectContent")),
                new ProjectPermissions(null, "alice", Set.of("readProjectContent"))), List.of()));
    }

    @Test
    void full_replicates_the_scheme_flags_that_nobody_here_knows_included() {
        planning.policies = new Policies(PermissionsPropagation.ALL, "svc_deploy", null, null);
        planning.permissions.add(new ProjectPermissions(null, "alice", Set.of("runScenarios", "flagOfALaterVersion")));
        planning.designOwner = "svc_deploy";

        assertThat(planning.plan().permissions().permissions()).containsExactly(
                new ProjectPermissions("churn-team", null, Set.of("writeProjectContent")),
                new ProjectPermissions(null, "alice", Set.of("runScenarios", "flagOfALaterVersion")));
    }

    @Test
    void full_leaves_the_design_owner_all_rights() {
        planning.policies = new Policies(PermissionsPropagation.ALL, "svc_deploy", null, null);
        planning.designOwner = "alice";

        assertThat(planning.plan().permissions().permissions()).contains(new ProjectPermissions(null, "alice", Set.of("admin")));
    }

    @Test
    void whom_a_node_does_not_know_is_left_out_named_and_stops_nothing() {
        planning.policies = new Policies(PermissionsPropagation.READ_ONLY, "svc_deploy", null, null);
        planning.permissions.add(new ProjectPermissions("gone", null, Set.of("admin")));
        planning.permissions.add(new ProjectPermissions(null, "bob", Set.of("admin")));

        Plan plan = planning.plan();

        assertThat(plan.permissions().leftOut()).containsExactly("group gone", "user bob");
        assertThat(plan.permissions().permissions()).extracting(line -> line.principal().name()).containsExactly("churn-team");
        assertThat(only(plan).text()).contains("group gone, user bob");
        assertThat(plan.hasErrors() || plan.hasWarnings()).isFalse();
    }

    @Test
    void whom_one_of_several_nodes_does_not_know_is_left_out_on_all_and_named_for_that_one() {
        planning.policies = new Policies(PermissionsPropagation.ALL, "svc_deploy", null, null);
        planning.secondNode("prod-2").groups.remove("churn-team");

        Plan plan = planning.plan();

        assertThat(plan.permissions().permissions()).isEmpty();
        assertThat(only(plan).node()).isEqualTo("prod-2");
    }

    @Test
    void an_update_leaves_permissions_alone_except_on_a_node_that_has_the_project_not_yet() {
        planning.deployedBefore();
        assertThat(planning.plan().permissions()).isNull();
        assertThat(planning.plan().firstDeployment()).isFalse();

        planning.secondNode("prod-2");
        Plan plan = planning.plan();
        assertThat(plan.firstDeployment()).isFalse();
        assertThat(plan.securesAnew(plan.nodes().get(0))).isFalse();
        assertThat(plan.securesAnew(plan.nodes().get(1))).isTrue();
    }
}
