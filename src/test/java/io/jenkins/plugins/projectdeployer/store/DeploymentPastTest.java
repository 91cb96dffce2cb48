package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeploymentPastTest {

    private static final String URL_1 = "https://prod1.example.com:10000";
    private static final String URL_2 = "https://prod2.example.com:10000";
    private static final Update SUBMITTED =
            Update.submitted(1, DeployRequest.of("key", "alice", "CHURN", "prod").build(), Instant.EPOCH)
                    .after(new UpdateEvent.BundleKnown("v1", "cafe"), Instant.EPOCH);

    private static Plan.PlannedNode node(String nodeId, String url, boolean present) {
        return new Plan.PlannedNode(new NodeAddress(url, "key"), nodeId == null ? "prod" : nodeId, nodeId, null, present, null);
    }

    private static Update planned(Plan.PlannedNode... nodes) {
        return planned(true, nodes);
    }

    private static Update planned(boolean first, Plan.PlannedNode... nodes) {
        return SUBMITTED.after(new UpdateEvent.Planned(new Plan(null, first, "cafe", null, null, null, null,
                new Plan.Scheme("svc_deploy", null, null), Arrays.asList(nodes), null, null, null, null)), Instant.EPOCH);
    }

    private static Update reached(Update update, String node, Phase phase, String problem) {
        return update.after(new UpdateEvent.NodeReached(new Update.NodeResult(node, null, phase, problem)), Instant.EPOCH);
    }

    private static DeploymentPast past(Update... updates) {
        DeploymentPast past = DeploymentPast.NONE;
        for (Update update : updates) {
            past = past.after(update);
        }
        return past;
    }

    @Test
    void an_update_that_ended_before_sending_leaves_no_past() {
        Update planned = SUBMITTED.after(new UpdateEvent.PhaseStarted(Phase.PRE_HOOKS), Instant.EPOCH)
                .after(new UpdateEvent.PhaseEnded(Phase.PRE_HOOKS, Update.Outcome.FAILED), Instant.EPOCH);

        assertThat(past(planned)).isEqualTo(DeploymentPast.NONE);
    }

    @Test
    void sending_that_has_begun_and_come_to_no_node_is_no_past() {
        Update begun = planned(node("prod-1", URL_1, false)).after(new UpdateEvent.PhaseStarted(Phase.SEND), Instant.EPOCH);

        assertThat(past(begun)).isEqualTo(DeploymentPast.NONE);
        assertThat(past(reached(begun, "prod-1", Phase.RECHECK, null)).lastAtWork()).as("right before the first byte").isEqualTo(1);
    }

    @Test
    void a_node_that_refused_the_bundle_is_not_owned_though_sending_began() {
        Update sending = reached(planned(node("prod-1", URL_1, false)).after(new UpdateEvent.PhaseStarted(Phase.SEND), Instant.EPOCH),
                "prod-1", null, "send: no");

        assertThat(past(sending).owned()).isEmpty();
        assertThat(past(sending).lastAtWork()).as("the deployment's health is that update's all the same").isEqualTo(1);
    }

    @Test
    void only_the_nodes_on_which_the_bundle_arrived_are_owned_though_nothing_is_secured() {
        Update update = reached(planned(node("prod-1", URL_1, false), node("prod-2", URL_2, false)), "prod-1", Phase.PRELOAD, null);

        DeploymentPast past = past(SUBMITTED, reached(update, "prod-2", null, "send: no"));

        assertThat(past.owns("prod-1", URL_1)).isTrue();
        assertThat(past.owns("prod-1", URL_2)).as("moved to another address").isTrue();
        assertThat(past.owns("prod-2", URL_2)).isFalse();
        assertThat(past.owns("prod-3", URL_1)).as("another node behind that address").isFalse();
        assertThat(DeploymentPast.arrived(update)).containsExactly("prod-1");
        assertThat(past.secured()).isFalse();
    }

    @Test
    void a_node_without_an_id_of_its_own_is_known_by_its_address() {
        Plan.PlannedNode nameless = node(null, URL_1, false);
        DeploymentPast past = past(reached(planned(nameless), nameless.name(), Phase.SEND, null));

        assertThat(past.owns(null, URL_1)).isTrue();
        assertThat(past.owns(null, URL_2)).isFalse();
    }

    @Test
    void an_old_update_without_its_plan_still_tells_by_the_nodes_names() {
        assertThat(past(reached(SUBMITTED, "prod-1", Phase.VERIFY, null)).owns("prod-1", URL_1)).isTrue();
    }

    @Test
    void a_project_that_was_adopted_is_owned_though_nothing_was_sent() {
        Update adopting = planned(node("prod-1", URL_1, true), node("prod-2", URL_2, false));
        assertThat(past(adopting).owns("prod-1", URL_1)).as("only planned").isFalse();

        DeploymentPast past = past(
                adopting.after(new UpdateEvent.WayBackKnown(new WayBack(null, List.of())), Instant.EPOCH));

        assertThat(past.owns("prod-1", URL_1)).isTrue();
        assertThat(past.owns("prod-2", URL_2)).isFalse();
        assertThat(DeploymentPast.arrived(adopting)).isEmpty();
    }

    @Test
    void one_whose_secure_phase_failed_has_secured_nothing() {
        Update failed = SUBMITTED.after(new UpdateEvent.PhaseStarted(Phase.SECURE), Instant.EPOCH)
                .after(new UpdateEvent.PhaseEnded(Phase.SECURE, Update.Outcome.FAILED), Instant.EPOCH);
        Update done = failed.after(new UpdateEvent.PhaseStarted(Phase.SECURE), Instant.EPOCH)
                .after(new UpdateEvent.PhaseEnded(Phase.SECURE, Update.Outcome.DONE), Instant.EPOCH);

        assertThat(past(failed).secured()).isFalse();
        assertThat(past(failed, done).secured()).isTrue();
    }

    @Test
    void a_project_that_was_made_is_unsecured_until_an_update_has_secured_it_and_it_stays_so() {
        Plan.PlannedNode first = node("prod-1", URL_1, true);
        Update joined = reached(reached(planned(false, first, node("prod-2", URL_2, false)), "prod-1", Phase.SECURE, null),
                "prod-2", Phase.ACTIVATE, "secure: no");
        DeploymentPast past = past(joined);
        assertThat(past.unsecured()).containsExactly("prod-2");
        assertThat(past.after(planned(false, first)).unsecured()).as("the node is away for a while").containsExactly("prod-2");

        Update again = planned(false, first, new Plan.PlannedNode(new NodeAddress(URL_2, "key"), "prod-2", "prod-2", null, true, "v1", true))
                .after(new UpdateEvent.PhaseEnded(Phase.SECURE, Update.Outcome.DONE), Instant.EPOCH);
        assertThat(past.after(again).unsecured()).isEmpty();
        assertThat(past.after(again.after(new UpdateEvent.PhaseStarted(Phase.ROLL_BACK), Instant.EPOCH)).unsecured())
                .as("going back brings back that it had none").containsExactly("prod-2");
    }

    @Test
    void what_was_written_before_is_read() throws Exception {
        assertThat(Json.MAPPER.readValue("""
                {"deployed": true, "lastAtWork": 3, "owned": ["prod-1"], "secured": true}""", DeploymentPast.class))
                .isEqualTo(new DeploymentPast(Set.of("prod-1"), true, true, 3));
        assertThat(Json.MAPPER.readValue("{\"projectPresent\": true}", Plan.PlannedNode.class).unsecured()).isFalse();
    }
}
