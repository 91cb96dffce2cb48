package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Planning.deployment;
import static io.jenkins.plugins.projectdeployer.deployment.Planning.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a plan finds at its target: the nodes, and on each whose the project and the bundle are. */
class PlannedTargetTest {

    private final Planning planning = new Planning();

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
}
