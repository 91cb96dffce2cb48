package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentPastTest {

    private static final Update SUBMITTED =
            Update.submitted(1, DeployRequest.of("key", "alice", "CHURN", "prod").build(), Instant.EPOCH)
                    .after(new UpdateEvent.BundleKnown("v1", "cafe"), Instant.EPOCH);

    @Test
    void an_update_that_ended_before_sending_leaves_no_past() {
        Update planned = SUBMITTED.after(new UpdateEvent.PhaseStarted(Phase.PRE_HOOKS), Instant.EPOCH)
                .after(new UpdateEvent.PhaseEnded(Phase.PRE_HOOKS, Update.Outcome.FAILED), Instant.EPOCH);

        assertThat(DeploymentPast.of(List.of(planned))).isEqualTo(DeploymentPast.NONE);
    }

    @Test
    void one_that_began_to_send_owns_the_project_from_then_on_though_nothing_is_secured() {
        Update sending = SUBMITTED.after(new UpdateEvent.PhaseStarted(Phase.SEND), Instant.EPOCH);

        DeploymentPast past = DeploymentPast.of(List.of(SUBMITTED, sending));

        assertThat(past.sent()).isTrue();
        assertThat(past.secured()).isFalse();
        assertThat(past.sentDigests()).containsExactly("cafe");
    }

    @Test
    void one_whose_secure_phase_failed_has_secured_nothing() {
        Update failed = SUBMITTED.after(new UpdateEvent.PhaseStarted(Phase.SECURE), Instant.EPOCH)
                .after(new UpdateEvent.PhaseEnded(Phase.SECURE, Update.Outcome.FAILED), Instant.EPOCH);
        Update done = failed.after(new UpdateEvent.PhaseStarted(Phase.SECURE), Instant.EPOCH)
                .after(new UpdateEvent.PhaseEnded(Phase.SECURE, Update.Outcome.DONE), Instant.EPOCH);

        assertThat(DeploymentPast.of(List.of(failed)).secured()).isFalse();
        assertThat(DeploymentPast.of(List.of(failed, done)).secured()).isTrue();
    }
}
