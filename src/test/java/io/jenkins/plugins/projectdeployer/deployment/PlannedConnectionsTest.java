package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Planning.change;
import static io.jenkins.plugins.projectdeployer.deployment.Planning.deployment;
import static io.jenkins.plugins.projectdeployer.deployment.Planning.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Remap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The connections that the bundle needs, before and after remapping. */
class PlannedConnectionsTest {

    private final Planning planning = new Planning();

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
        planning.existing = deployment(new DeploymentSettings(null, List.of(new Remap("s3-dev", "s3-own")), null, null, true, null, null, false, null, null, null));
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
}
