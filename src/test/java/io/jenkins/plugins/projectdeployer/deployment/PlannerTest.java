package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private final Planning planning = new Planning();

    @Test
    void a_plan_in_which_all_is_well_has_nothing_to_say() {
        Plan plan = planning.plan();

        assertThat(plan.messages()).isEmpty();
        assertThat(plan.firstDeployment()).isTrue();
        assertThat(plan.bundleSha256()).isEqualTo(Planning.SHA);
        assertThat(plan.deployment().targetProject()).isEqualTo("CHURN");
        assertThat(plan.nodes()).containsExactly(
                new Plan.PlannedNode(planning.addresses.get(0), "prod-1", "prod-1", "13.3.1", false, null));
        assertThat(plan.users()).isEqualTo(new Plan.Users("alice", "alice", "svc_deploy", "svc_run", "svc_run"));
    }

    @Test
    void all_problems_are_listed_together() {
        planning.node().connections.clear();
        planning.node().users.clear();
        planning.node().type = "DESIGN";
        planning.node().version = "12.0.0";
        planning.codeEnvs.add("py311");
        planning.behavior = new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.FAIL_IF_MISS, null);
        planning.containerExecs.add("k8s-small");

        assertThat(planning.plan().messages()).extracting(Message::code).containsExactlyInAnyOrder(
                "NOT_AN_AUTOMATION_NODE", "NODE_OLDER_THAN_BUNDLE", "USER_MISSING", "USER_MISSING", "USER_MISSING",
                ConnectionCheck.MISSING, ConnectionCheck.MISSING, "CODE_ENV_MISSING", "CONTAINER_EXEC_MISSING");
    }

    @Test
    void every_message_about_a_node_names_it_and_each_node_is_read_once() {
        planning.secondNode("prod-2").connections.remove("sql-prod");

        Plan plan = planning.plan();

        assertThat(only(plan).node()).isEqualTo("prod-2");
        assertThat(plan.nodes()).extracting(Plan.PlannedNode::nodeId).containsExactly("prod-1", "prod-2");
        assertThat(planning.reads).isEqualTo(2);
    }

    // Connections

    @Test
    void a_connection_that_is_missing_after_remapping_is_an_error_that_names_both() {
        planning.node().connections.remove("sql-prod");

        Message message = only(planning.plan());

        assertThat(message.severity()).isEqualTo(Message.Severity.ERROR);
        assertThat(message.code()).isEqualTo("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION");
        assertThat(message.text()).contains("\"sql-prod\"").contains("\"sql-dev\"").contains("\"PostgreSQL\"");
    }

    @Test
    void a_missing_connection_that_the_bundle_may_do_without_stops_nothing() {
        planning.allowedMissing.add("sql-dev");
        planning.node().connections.remove("sql-prod");

        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.INFO);
    }

    @Test
    void connections_match_by_name_without_a_remap() {
        planning.connections.clear();

        assertThat(only(planning.plan()).text()).startsWith("Connection \"sql-dev\" does not exist");

        planning.node().connections.put("sql-dev", new NodeFacts.Connection("PostgreSQL", Planning.EVERYBODY));
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void a_connection_of_another_type_is_an_error_that_names_both_types() {
        planning.node().connections.put("sql-prod", new NodeFacts.Connection("Oracle", Planning.EVERYBODY));

        Message message = only(planning.plan());

        assertThat(message.code()).isEqualTo("ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_TYPE");
        assertThat(message.text()).contains("\"Oracle\"").contains("\"PostgreSQL\"");
    }

    @Test
    void a_connection_that_the_deploying_user_may_not_use_is_an_error_unless_a_group_of_theirs_may() {
        planning.node().connections.put("sql-prod", new NodeFacts.Connection("PostgreSQL", Planning.usableBy("dba")));

        Message message = only(planning.plan());
        assertThat(message.code()).isEqualTo("ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_PERMISSIONS");
        assertThat(message.text()).contains("\"svc_deploy\"");

        planning.node().users.put("svc_deploy", new NodeFacts.User(true, Set.of("deployers", "dba")));
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void administrators_of_the_node_may_use_every_connection() {
        planning.node().connections.put("sql-prod", new NodeFacts.Connection("PostgreSQL", Planning.usableBy()));
        planning.node().users.put("svc_deploy", new NodeFacts.User(true, Set.of("administrators")));

        assertThat(planning.plan().messages()).isEmpty();
    }

    // Remapping

    @Test
    void a_new_deployment_copies_the_infrastructures_remaps_and_its_own_win() {
        planning.request.settings(change(List.of(new Remap("sql-dev", "sql-own"))));
        planning.connections.add(new Remap("s3-dev", "s3-prod"));
        planning.node().connections.put("sql-own", new NodeFacts.Connection("PostgreSQL", Planning.EVERYBODY));

        Plan plan = planning.plan();

        assertThat(plan.deployment().settings().connections())
                .containsExactly(new Remap("sql-dev", "sql-own"), new Remap("s3-dev", "s3-prod"));
        assertThat(plan.remapping().connection("sql-dev")).isEqualTo("sql-own");
        assertThat(plan.messages()).isEmpty();
    }

    @Test
    void a_later_change_of_the_infrastructures_remaps_leaves_an_existing_deployment_alone() {
        planning.existing = deployment(DeploymentSettings.DEFAULT);
        planning.deployedBefore();

        assertThat(planning.plan().remapping().connection("sql-dev")).isEqualTo("sql-dev");
    }

    @Test
    void a_deployment_that_says_so_reads_the_infrastructures_remaps_again_and_its_own_still_win() {
        planning.existing = deployment(new DeploymentSettings(null, List.of(new Remap("s3-dev", "s3-own")), null, null, true, null, null, false, null));
        planning.connections.add(new Remap("s3-dev", "s3-prod"));
        planning.deployedBefore();

        Plan plan = planning.plan();

        assertThat(plan.remapping().connection("sql-dev")).isEqualTo("sql-prod");
        assertThat(plan.remapping().connection("s3-dev")).isEqualTo("s3-own");
    }

    @Test
    void a_remap_of_its_own_that_the_bundle_has_no_use_for_is_named_and_one_of_the_infrastructure_is_not() {
        planning.connections.add(new Remap("unused-by-infrastructure", "x"));
        planning.request.settings(change(List.of(new Remap("typo", "sql-prod"))));

        Message message = only(planning.plan());

        assertThat(message.severity()).isEqualTo(Message.Severity.INFO);
        assertThat(message.code()).isEqualTo("REMAP_UNUSED");
        assertThat(message.text()).contains("\"typo\"");
    }

    @Test
    void a_remap_without_a_target_is_an_error() {
        planning.request.settings(change(List.of(new Remap("sql-dev", " "))));

        assertThat(planning.plan().messages()).extracting(Message::code).contains("REMAP_INCOMPLETE");
    }

    // Users

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

    // Code envs, containers, clusters

    @Test
    void a_missing_code_env_is_judged_by_what_preload_would_do() {
        planning.codeEnvs.add("py311");

        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.INFO);
        planning.behavior = new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.DO_NOTHING, null);
        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.WARNING);
        planning.behavior = new CodeEnvsBehavior(CodeEnvsBehavior.ImportTimeMode.FAIL_IF_MISS, null);
        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.ERROR);

        planning.node().codeEnvs.put("py311", true);
        assertThat(planning.plan().messages()).isEmpty();
        planning.node().codeEnvs.put("py311", false);
        assertThat(only(planning.plan()).code()).isEqualTo("CODE_ENV_OUT_OF_DATE");
    }

    @Test
    void a_container_config_that_is_missing_is_a_warning() {
        planning.containerExecs.add("k8s-small");
        assertThat(only(planning.plan()).code()).isEqualTo("CONTAINER_EXEC_MISSING");

        planning.node().containerExecs.add("k8s-small");
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void remaps_of_container_configs_are_an_error_on_a_node_that_cannot_hold_them() {
        planning.request.settings(new SettingsChange(null, null, null, List.of(new Remap("k8s-dev", "k8s-small")), null, null, null, null, null));
        planning.containerExecs.add("k8s-dev");
        planning.node().containerExecs.add("k8s-small");
        planning.dssVersion = "13.4.2";
        planning.node().version = "13.4.2";
        assertThat(only(planning.plan()).code()).isEqualTo("CONTAINER_EXEC_REMAP_UNSUPPORTED");
        assertThat(only(planning.plan()).text()).contains("\"13.4.2\"", "update it to 13.5 or later");

        planning.node().version = "13.5.0";
        assertThat(planning.plan().messages()).isEmpty();
        planning.node().version = null;
        assertThat(planning.plan().messages()).as("a node that does not say is not judged").isEmpty();
    }

    @Test
    void a_cluster_named_by_a_variable_is_looked_for_by_the_deployments_variables() {
        planning.clusters.add("k8s-${STAGE}");
        assertThat(only(planning.plan()).code()).isEqualTo("CLUSTER_BY_VARIABLE");

        planning.request.settings(new SettingsChange(null, null, null, null, null, Map.of("STAGE", TextNode.valueOf("prod")), null, null, null));
        assertThat(only(planning.plan()).code()).isEqualTo("CLUSTER_MISSING");

        planning.node().clusters.add("k8s-prod");
        assertThat(planning.plan().messages()).isEmpty();
    }

    // Target

    @Test
    void a_project_that_nobody_claims_is_an_error_until_an_administrator_of_the_infrastructure_adopts_it() {
        planning.node().projects.put("CHURN", Optional.of("by-hand"));
        assertThat(only(planning.plan()).text()).contains("adopt: true");

        planning.request.adopt(true);
        Message refused = only(planning.plan());
        assertThat(refused.severity()).isEqualTo(Message.Severity.ERROR);
        assertThat(refused.text()).contains("need Admin on infrastructure prod").contains("carol");

        planning.requester = new Person("carol", Set.of(), false);
        Plan plan = planning.plan();
        assertThat(only(plan).code()).isEqualTo("ADOPTED");
        assertThat(plan.deployment().adopted()).isTrue();
        assertThat(plan.firstDeployment()).isFalse();
        assertThat(plan.permissions()).isNull();
        assertThat(plan.nodes().get(0).activeBundle()).isEqualTo("by-hand");
    }

    @Test
    void asking_to_adopt_where_there_is_nothing_to_adopt_changes_nothing() {
        planning.request.adopt(true);

        assertThat(planning.plan().deployment().adopted()).isFalse();
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void a_project_that_an_earlier_update_sent_is_the_deployments_own() {
        planning.node().projects.put("CHURN", Optional.empty());
        planning.past = new DeploymentPast(Set.of("prod-1"), false, false, 1);
        planning.sentTo = Set.of("prod-1");

        Plan plan = planning.plan();

        assertThat(plan.messages()).isEmpty();
        assertThat(plan.firstDeployment()).as("owner and permissions were never set").isTrue();
        assertThat(plan.securesAnew(plan.nodes().get(0))).isTrue();
    }

    @Test
    void a_project_made_by_hand_on_a_node_that_joins_later_is_nobodys_until_it_is_adopted() {
        planning.deployedBefore();
        planning.secondNode("prod-2").projects.put("CHURN", Optional.of("by-hand"));

        Message message = only(planning.plan());
        assertThat(message.code()).isEqualTo("PROJECT_OF_NOBODY");
        assertThat(message.node()).isEqualTo("prod-2");

        planning.requester = new Person("carol", Set.of(), false);
        planning.request.adopt(true);
        assertThat(only(planning.plan()).code()).isEqualTo("ADOPTED");
    }

    @Test
    void having_adopted_on_one_node_adopts_nothing_on_another() {
        planning.deployedBefore();
        planning.existing = deployment(DeploymentSettings.DEFAULT.withRemapping(planning.infrastructure().remapping())).afterAdoption();
        planning.secondNode("prod-2").projects.put("CHURN", Optional.of("by-hand"));

        assertThat(only(planning.plan()).code()).isEqualTo("PROJECT_OF_NOBODY");
    }

    @Test
    void another_node_behind_the_same_address_is_another_node() {
        planning.deployedBefore();
        planning.node().nodeId = "prod-9";

        assertThat(only(planning.plan()).code()).isEqualTo("PROJECT_OF_NOBODY");
    }

    @Test
    void a_bundle_that_arrived_on_one_node_says_nothing_of_the_same_id_on_another() {
        planning.deployedBefore();
        planning.secondNode("prod-2").projects.put("CHURN", Optional.of("v1"));
        planning.nodes.get(planning.addresses.get(1).url()).imported.add("v2");
        planning.past = new DeploymentPast(Set.of("prod-1", "prod-2"), true, true, 1);
        planning.sentTo = Set.of("prod-1");

        Message message = only(planning.plan());
        assertThat(message.code()).isEqualTo("BUNDLE_SENT_BY_OTHERS");
        assertThat(message.node()).isEqualTo("prod-2");
    }

    @Test
    void a_node_that_belongs_to_another_infrastructure_is_an_error_that_does_not_name_that_one() {
        planning.nodesOfOthers.add("prod-1");

        assertThat(only(planning.plan()).code()).isEqualTo("NODE_OF_ANOTHER_INFRASTRUCTURE");
    }

    @Test
    void two_addresses_of_one_node_are_an_error() {
        planning.secondNode("prod-1");

        assertThat(only(planning.plan()).code()).isEqualTo("NODE_LISTED_TWICE");
    }

    @Test
    void a_bundle_of_the_same_id_that_somebody_else_sent_is_an_error() {
        planning.deployedBefore();
        planning.node().imported.add("v2");

        Message message = only(planning.plan());
        assertThat(message.code()).isEqualTo("BUNDLE_SENT_BY_OTHERS");
        assertThat(message.severity()).isEqualTo(Message.Severity.ERROR);

        planning.past = new DeploymentPast(Set.of("prod-1"), true, true, 1);
        planning.sentTo = Set.of("prod-1");
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void a_node_that_cannot_be_read_is_an_error_and_the_others_are_looked_at_all_the_same() {
        planning.secondNode("prod-2").connections.remove("sql-prod");
        planning.unreadable.put(planning.addresses.get(0).url(), NodeException.unexpected("prod node 1", "Node \"prod node 1\" hangs."));

        Plan plan = planning.plan();

        assertThat(plan.messages()).extracting(Message::node).containsExactly("prod node 1", "prod-2");
        assertThat(plan.messages().get(0).text()).isEqualTo("Node \"prod node 1\" hangs.");
        assertThat(plan.hasErrors()).isTrue();
    }

    @Test
    void a_roll_back_is_refused_by_the_name_of_a_node_that_has_joined_since() {
        planning.deployedBefore();
        planning.secondNode("prod-2");
        planning.restore = new WayBack(null, List.of(new WayBack.NodeState(
                planning.addresses.get(0).url(), "v1", true, null, null, null, null, null)));

        Message message = only(planning.plan());
        assertThat(message.code()).isEqualTo("ROLL_BACK_NODES_CHANGED");
        assertThat(message.severity()).isEqualTo(Message.Severity.ERROR);
        assertThat(message.node()).isEqualTo("prod-2");
    }

    @Test
    void a_node_that_does_not_say_what_it_is_called_has_the_name_of_its_place_and_never_its_address() {
        planning.secondNode(null);

        assertThat(planning.plan().nodes()).extracting(Plan.PlannedNode::name).containsExactly("prod-1", "prod node 2");
    }

    @Test
    void a_node_older_than_the_bundle_is_a_warning() {
        planning.node().version = "13.2.9";

        assertThat(only(planning.plan()).code()).isEqualTo("NODE_OLDER_THAN_BUNDLE");
    }

    @Test
    void a_target_other_than_the_bundles_own_project_is_an_error_where_the_node_would_have_to_make_it() {
        planning.request.targetProject("CHURN_EU");

        Message message = only(planning.plan());
        assertThat(message.code()).isEqualTo("TARGET_PROJECT_MISSING");
        assertThat(message.severity()).isEqualTo(Message.Severity.ERROR);
        assertThat(message.text()).contains("\"CHURN_EU\"").contains("\"CHURN\"");
    }

    @Test
    void a_target_other_than_the_bundles_own_project_is_a_warning_where_it_is() {
        planning.deployedBefore();
        planning.node().projects.put("CHURN_EU", Optional.of("v1"));
        planning.request.targetProject("CHURN_EU");

        Message message = only(planning.plan());
        assertThat(message.code()).isEqualTo("TARGET_PROJECT_EXPERIMENTAL");
        assertThat(message.severity()).isEqualTo(Message.Severity.WARNING);
    }

    // Permissions

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

    // Scenarios, hooks, notes

    @Test
    void scenarios_that_the_bundle_does_not_have_are_warnings() {
        planning.request.settings(new SettingsChange(null, null, null, null, null, null, Map.of("SCORE", true, "TYPO", true), null, null));
        planning.request.testScenarios(List.of("TEST_SMOKE"));

        assertThat(planning.plan().messages()).extracting(Message::text).hasSize(2)
                .anyMatch(text -> text.contains("\"TYPO\"")).anyMatch(text -> text.contains("\"TEST_SMOKE\""));
    }

    @Test
    void a_run_as_user_that_only_the_bundle_names_is_a_warning_where_the_scenario_is_to_be_on() {
        planning.scenarios.clear();
        planning.scenarios.add(new BundleContents.Scenario("SCORE", "score", true, "root_of_dss", false));
        assertThat(planning.plan().messages()).as("the policy says whom it runs as").isEmpty();

        planning.policies = new Policies(null, "svc_deploy", null, null);
        assertThat(only(planning.plan()).severity()).isEqualTo(Message.Severity.INFO);

        planning.request.settings(new SettingsChange(null, null, null, null, null, null, Map.of("SCORE", true), null, null));
        Message message = only(planning.plan());
        assertThat(message.severity()).isEqualTo(Message.Severity.WARNING);
        assertThat(message.text()).contains("\"SCORE\"").contains("\"root_of_dss\"");

        planning.scenarios.set(0, new BundleContents.Scenario("SCORE", "score", true, "svc_deploy", false));
        assertThat(planning.plan().messages()).isEmpty();
    }

    @Test
    void scenarios_of_a_bundle_that_nobody_could_look_into_are_not_judged() {
        planning.scenarios.clear();
        planning.notes.add("manifest version 9 is unknown");
        planning.request.testScenarios(List.of("TEST_SMOKE"));

        assertThat(only(planning.plan()).code()).isEqualTo("BUNDLE_NOTE");
    }

    @Test
    void code_envs_of_hooks_are_frozen_and_must_be_usable_by_the_hooks_user() {
        CodeEnv free = new CodeEnv("py311", "/opt/py311/bin/python", null, true, null);
        CodeEnv closed = new CodeEnv("closed", "/opt/closed/bin/python", null, false, List.of(Grant.toUser("carol", ResourceRight.USE)));
        planning.registered.addAll(List.of(free, closed));
        planning.hooks.add(new Hook("a", HookPhase.PRE, "x", "py311", null, null));
        planning.hooks.add(new Hook("b", HookPhase.POST, "x", "closed", "Carol", null));
        assertThat(planning.plan().messages()).isEmpty();
        assertThat(planning.plan().codeEnvs()).containsExactly(free, closed);

        planning.hooks.add(new Hook("c", HookPhase.POST, "x", "closed", "bob", null));
        planning.hooks.add(new Hook("d", HookPhase.POST, "x", "nowhere", null, null));
        assertThat(planning.plan().messages()).extracting(Message::text).hasSize(2)
                .anyMatch(text -> text.startsWith("Hook \"c\" may not use")).anyMatch(text -> text.startsWith("Hook \"d\" names"));
    }

    @Test
    void what_the_reader_could_not_look_into_is_said() {
        planning.notes.add("manifest version 9 is unknown");

        assertThat(only(planning.plan()).text()).contains("manifest version 9 is unknown");
    }

    @Test
    void names_from_outside_write_no_lines_of_their_own() {
        planning.requiredConnections.put("evil\nSUCCESS", "PostgreSQL");
        planning.permissions.add(new ProjectPermissions("a\u001b[31m", null, Set.of("admin")));
        planning.policies = new Policies(PermissionsPropagation.ALL, "svc_deploy", null, null);

        assertThat(planning.plan().messages()).hasSize(2).extracting(Message::text)
                .allMatch(text -> text.chars().noneMatch(Character::isISOControl));
    }

    // Version comparison, the past

    @Test
    void versions_compare_by_their_leading_numbers() {
        assertThat(VersionCheck.isOlder("9.0.4", "13.3.1")).isTrue();
        assertThat(VersionCheck.isOlder("13.3.1", "13.3.1-beta2")).isFalse();
        assertThat(VersionCheck.isOlder("13.4", "13.3.9")).isFalse();
        assertThat(VersionCheck.isOlder("13.3", "13.3.1")).isFalse();
        assertThat(VersionCheck.isOlder(null, "13.3.1")).isFalse();
        assertThat(VersionCheck.isOlder("dev", "13.3.1")).isFalse();
    }

    // The table

    @Test
    void the_table_shows_what_is_done_by_whom_and_the_worst_first() {
        planning.policies = new Policies(PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", null);
        planning.permissions.add(new ProjectPermissions("gone", null, Set.of("admin")));
        planning.node().connections.remove("sql-prod");

        List<String> lines = PlanTable.lines(planning.plan(), planning.contents());

        assertThat(lines).containsExactly(
                "deployment  CHURN-on-prod       project CHURN on infrastructure prod (Production), for the first time",
                "bundle      v2                  SHA-256 " + Planning.SHA + ", made by DSS 13.3.1",
                "node        prod-1              DSS 13.3.1, project not there yet",
                "user        svc_deploy          deploys, asked by alice",
                "user        svc_run             scenarios run as",
                "connection  filesystem_managed  is filesystem_managed (Filesystem)",
                "connection  sql-dev             is sql-prod (PostgreSQL)",
                "owner       svc_deploy          where the project is new",
                "permission  group churn-team    readProjectContent",
                "left out    group gone          not known there",
                "ERROR       prod-1              Connection \"sql-prod\", which \"sql-dev\" is remapped to, does not exist on the node;"
                        + " create it there with type \"PostgreSQL\" or remap \"sql-dev\" to one that exists."
                        + " [ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION]",
                "INFO        prod-1              Not on the node, and so without permissions on the project: group gone;"
                        + " none of them is created, grant permissions there once they exist. [PRINCIPAL_LEFT_OUT]");
    }

    @Test
    void the_table_stays_bounded_and_holds_no_address_and_no_control_characters() {
        IntStream.range(0, 500).forEach(i -> planning.requiredConnections.put("c" + i + "\n" + "x".repeat(1000), "T\r"));
        planning.unreadable.put(planning.addresses.get(0).url(), NodeException.unexpected("prod", "Node \"prod\" hangs."));

        List<String> lines = PlanTable.lines(planning.plan(), planning.contents());

        assertThat(lines).hasSizeLessThan(200).allMatch(line -> line.length() < 800)
                .allMatch(line -> line.chars().noneMatch(Character::isISOControl)).noneMatch(line -> line.contains("example.com"));
        assertThat(lines).anyMatch(line -> line.endsWith("and 462 more"));
    }

    private static Deployment deployment(DeploymentSettings settings) {
        return new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1", settings, false, "alice", Instant.EPOCH);
    }

    private static SettingsChange change(List<Remap> connections) {
        return new SettingsChange(null, connections, null, null, null, null, null, null, null);
    }

    private static Message only(Plan plan) {
        assertThat(plan.messages()).hasSize(1);
        return plan.messages().get(0);
    }
}
