package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.bundle;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.reached;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published projects and bundles: what is kept of them, and when one may go. */
class PublishedRecordsTest extends OnJournal {

    @Test
    void projects_and_their_grants_survive() {
        records.create(project("FRAUD"));
        records.create(project("CHURN"));
        List<Grant<ProjectRight>> grants = List.of(Grant.toUser("bob", ProjectRight.ADMIN));
        records.changeGrants("FRAUD", grants, "alice");
        reopen();
        assertThat(records.project("CHURN")).contains(project("CHURN"));
        assertThat(records.projects()).extracting(PublishedProject::key).containsExactly("CHURN", "FRAUD");
        assertThat(records.project("FRAUD").orElseThrow().grants()).isEqualTo(grants);
        assertThat(records.project("churn")).isEmpty();
        conflict(() -> records.create(project("CHURN")), "There is a published project \"CHURN\" already");
        notFound(() -> records.changeGrants("NONE", grants, "alice"), "\"NONE\"");
    }

    @Test
    void a_bundle_survives_with_all_that_its_manifest_says() {
        records.create(project("CHURN"));
        Bundle first = records.publish(bundle("CHURN", "v1"));
        records.publish(bundle("CHURN", "v2"));
        reopen();
        assertThat(records.bundle("CHURN", "v1")).contains(first);
        assertThat(records.bundles("CHURN")).extracting(Bundle::bundleId).containsExactly("v2", "v1");
        assertThat(records.bundles("CHURN")).last().isEqualTo(first);
        assertThat(records.namesFile(first.sha256())).isTrue();
        assertThat(records.bundle("CHURN", "v3")).isEmpty();
        notFound(() -> records.publish(bundle("NONE", "v1")), "\"NONE\"");
    }

    @Test
    void the_same_bundle_is_taken_again_and_the_same_id_with_other_content_is_refused() {
        records.create(project("CHURN"));
        Bundle first = records.publish(bundle("CHURN", "v1"));
        long head = journal.head().seq();
        assertThat(records.publish(bundle("CHURN", "v1"))).isEqualTo(first);
        assertThat(journal.head().seq()).isEqualTo(head);
        Bundle other = bundle("CHURN", "v1", "other content");
        conflict(() -> records.publish(other), "Bundle \"v1\" of project \"CHURN\" is published with other content",
                first.sha256(), other.sha256(), "an id of its own");
        records.deleteBundle("CHURN", "v1", "alice");
        reopen();
        conflict(() -> records.publish(other), "was published before with other content");
        assertThat(records.publish(bundle("CHURN", "v1"))).isEqualTo(first);
    }

    @Test
    void a_file_counts_as_deleted_only_when_the_journal_says_that_its_bundles_were() {
        String sha256 = bundle("CHURN", "v1").sha256();
        records.create(project("CHURN"));
        records.create(project("FRAUD"));
        assertThat(journalRecords().deletedFile(sha256)).as("nobody has heard of it").isFalse();
        records.publish(bundle("CHURN", "v1"));
        records.publish(bundle("FRAUD", "v1"));
        records.deleteBundle("CHURN", "v1", "alice");
        assertThat(journalRecords().deletedFile(sha256)).as("the other project has it").isFalse();
        records.deleteProject("FRAUD", "alice");
        assertThat(journalRecords().deletedFile(sha256)).isTrue();
        journalRecords().close();
        reopen();
        assertThat(journalRecords().deletedFile(sha256)).isTrue();
    }

    @Test
    void a_bundle_is_not_deleted_while_a_deployment_wants_it_or_a_node_has_it() {
        deployed("v1");
        conflict(() -> records.deleteBundle("CHURN", "v1", "alice"), "Bundle \"v1\" of project \"CHURN\" is needed by a deployment",
                "change or delete the deployment first");
        Deployment now = records.deployment("CHURN-on-prod").orElseThrow();
        records.change(now.with("v2", now.settings()), "alice");
        reopen();
        // Wanted no longer, but no update has put the other one there yet.
        conflict(() -> records.deleteBundle("CHURN", "v1", "alice"), "is needed by a deployment");
        conflict(() -> records.deleteBundle("CHURN", "v2", "alice"), "is needed by a deployment");
        Update next = records.submit(request("key-2", "CHURN"));
        records.record(next.number(), new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(next.number(), new UpdateEvent.BundleKnown("v2", "0".repeat(64)));
        records.record(next.number(), reached("prod-1", "v2"));
        records.deleteBundle("CHURN", "v1", "alice");
        assertThat(records.bundle("CHURN", "v1")).isEmpty();
        assertThat(records.namesFile(bundle("CHURN", "v1").sha256())).isFalse();
        notFound(() -> records.deleteBundle("CHURN", "v1", "alice"), "\"v1\"");
    }

    @Test
    void a_bundle_is_not_deleted_while_an_open_update_needs_it() {
        records.create(project("CHURN"));
        records.publish(bundle("CHURN", "v1"));
        Update update = records.submit(request("key-1", "CHURN"));
        conflict(() -> records.deleteBundle("CHURN", "v1", "alice"),
                "is needed by an update that has not ended: wait for its end or abort it");
        assertThatThrownBy(() -> records.deleteProject("CHURN", "alice")).isInstanceOfSatisfying(StillNeeded.class, needed -> {
            assertThat(needed.update().orElseThrow().number()).isEqualTo(1);
            assertThat(needed.deployment()).isEmpty();
            assertThat(needed).hasMessageNotContainingAny("alice", "1");
        });
        records.record(update.number(), new UpdateEvent.Ended(UpdateStatus.FAILED));
        records.deleteBundle("CHURN", "v1", "alice");
    }
}
