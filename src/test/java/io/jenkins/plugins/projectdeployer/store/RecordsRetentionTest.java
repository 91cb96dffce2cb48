package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.bundle;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.deployment;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.plan;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is forgotten of old updates, and what of them stays known. */
class RecordsRetentionTest extends OnJournal {

    @Test
    void retention_forgets_details_of_old_updates_and_deleted_bundles_and_keeps_who_what_where_and_when() {
        deployed("v1");
        records.publish(bundle("CHURN", "v9"));
        records.deleteBundle("CHURN", "v9", "alice");
        clock = Clock.offset(clock, Duration.ofDays(400));
        reopen();
        records.submit(request("key-2", "CHURN"));
        records.record(2, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(2, new UpdateEvent.Planned(plan(deployment("CHURN-on-prod", "CHURN", "prod"))));
        Update whole = records.record(2, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
        Update open = records.submit(request("key-3", "CHURN"));
        while (journal.head().seq() < 60) {
            records.audit("filler", "so that the segment with the above is closed");
        }
        Update before = records.update(1).orElseThrow();
        Anchor head = journal.head();
        assertThat(((JournalRecords) records).forgetDetails(RecordsFixture.NOW.plus(Duration.ofDays(30)))).isPositive();
        for (int opening = 0; opening < 2; opening++) {
            Update after = records.update(1).orElseThrow();
            assertThat(after.plan()).isNull();
            assertThat(before.plan()).isNotNull();
            assertThat(after).usingRecursiveComparison()
                    .comparingOnlyFields("number", "status", "deploymentId", "submittedAt", "endedAt", "bundleId",
                            "bundleSha256", "nodes", "request.key", "request.requestedBy", "request.origin", "request.project",
                            "request.infrastructure")
                    .isEqualTo(before);
            assertThat(records.update("key-1")).contains(after);
            assertThat(records.update(2)).contains(whole);
            assertThat(records.update(3)).contains(open);
            assertThat(records.bundle("CHURN", "v1").orElseThrow().contents()).isNotNull();
            assertThat(records.deployed("CHURN", "prod")).containsOnlyKeys("v1");
            reopen();
        }
        assertThat(VerifyAudit.run(new String[] {"--expect", head.toString(), home.toString()}, System.out, System.err))
                .isZero();
    }

    @Test
    void what_arrived_where_and_on_which_stage_stays_known_without_details_and_dry_runs_are_passed_over() {
        deployed("v1");
        records.submit(request("key-2", "CHURN"));
        records.record(2, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(2, new UpdateEvent.Planned(plan(deployment("CHURN-on-prod", "CHURN", "prod"))));
        records.record(2, new UpdateEvent.Ended(UpdateStatus.PLANNED));
        Update brief = records.updateInBrief(1).orElseThrow();
        Update planned = records.updateInBrief(2).orElseThrow();
        while (journal.head().seq() < 60) {
            records.audit("filler", "so that the segment with the above is closed");
        }
        records.forgetDetails(RecordsFixture.NOW.plus(Duration.ofDays(30)));
        assertThat(records.update(1)).as("what is quick to read is what stays").contains(brief);
        assertThat(brief.plan()).isNull();
        assertThat(brief.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(records.lastInBrief(records.deployment("CHURN-on-prod").orElseThrow())).contains(planned);

        for (int opening = 0; opening < 3; opening++) {
            assertThat(records.arrivals(records.deployment("CHURN-on-prod").orElseThrow())).containsExactly(new Arrival(1, "Production",
                    digest("v1"), true, UpdateStatus.SUCCESS, RecordsFixture.NOW, RecordsFixture.NOW));
            if (opening == 1) {
                journalRecords().close();
            }
            reopen();
        }
        records.deleteDeployment("CHURN-on-prod", "alice");
        Deployment namesake = deployment("CHURN-on-prod", "CHURN", "prod");
        records.create(namesake);
        assertThat(records.arrivals(namesake)).isEmpty();
        assertThat(records.lastInBrief(namesake)).isEmpty();
    }

    @Test
    void details_of_an_update_whose_approvals_are_owed_stay_until_they_are_there() {
        deployed("v1");
        records.gates().change(1, "requested", null, none -> new ApprovalRequest(1, 1, ApprovalRequest.State.FOLLOW_UP, "CHURN-on-prod",
                "CHURN", "prod", "Production", "v1", List.of("alice"), StageGate.OPEN, null, false, null, RecordsFixture.NOW, null, null, null,
                null, null, RecordsFixture.NOW));
        while (journal.head().seq() < 60) {
            records.audit("filler", "so that the segment with the above is closed");
        }
        Instant later = RecordsFixture.NOW.plus(Duration.ofDays(30));

        records.forgetDetails(later);
        assertThat(records.update(1).orElseThrow().plan()).isNotNull();

        records.gates().close(1, "its approvals are there", "bob");
        records.forgetDetails(later);
        assertThat(records.update(1).orElseThrow().plan()).isNull();
    }
}
