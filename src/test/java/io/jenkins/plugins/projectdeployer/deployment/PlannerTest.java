package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Planning.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan as a whole: its messages, which come from all checks and all nodes together. */
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
    void a_node_that_does_not_say_what_it_is_called_has_the_name_of_its_place_and_never_its_address() {
        planning.secondNode(null);

        assertThat(planning.plan().nodes()).extracting(Plan.PlannedNode::name).containsExactly("prod-1", "prod node 2");
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
}
