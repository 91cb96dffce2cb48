package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.bundle;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.deployment;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.reached;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.wayBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deployments: what is kept of them, when they may change, and which updates are theirs. */
class DeploymentRecordsTest extends OnJournal {

    @Test
    void a_deployment_survives_with_its_settings_and_is_found_ignoring_case() {
        records.create(project("CHURN"));
        Deployment created = deployment("CHURN-on-prod", "CHURN", "prod");
        records.create(created);
        reopen();
        assertThat(records.deployment("churn-ON-prod")).contains(created);
        assertThat(records.deployment("PROD", "CHURN")).contains(created);
        assertThat(records.deployment("prod", "churn")).isEmpty();
        conflict(() -> records.create(deployment("CHURN-ON-PROD", "CHURN", "dev")), "a deployment \"CHURN-ON-PROD\" already");
        conflict(() -> records.create(deployment("other", "CHURN", "Prod")),
                "Project \"CHURN\" on infrastructure \"Prod\" belongs to another deployment.");
        assertThat(records.changedBy("CHURN-on-prod")).isEmpty();
        records.change(created.afterAdoption(), "bob");
        assertThat(records.changedBy("churn-on-PROD")).contains("bob");
        reopen();
        assertThat(records.changedBy("CHURN-on-prod")).as("after a start").contains("bob");
        journalRecords().close();
        reopen();
        assertThat(records.changedBy("CHURN-on-prod")).as("after a start with a checkpoint").contains("bob");
        assertThat(records.deployments()).containsExactly(created.afterAdoption());
        assertThat(journal.read(journal.head().seq()).facts().path("by").asText()).isEqualTo("bob");
        records.deleteDeployment("churn-on-prod", "bob");
        reopen();
        assertThat(records.deployments()).isEmpty();
        assertThat(records.changedBy("CHURN-on-prod")).isEmpty();
        assertThat(records.deployment("prod", "CHURN")).isEmpty();
        notFound(() -> records.deleteDeployment("CHURN-on-prod", "bob"), "\"CHURN-on-prod\"");
        notFound(() -> records.change(created, "bob"), "\"CHURN-on-prod\"");
    }

    @Test
    void what_a_deployment_links_cannot_be_changed_and_its_id_must_be_one_of_ours() {
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        conflict(() -> records.change(deployment("CHURN-on-prod", "CHURN", "dev"), "alice"), "cannot be changed");
        assertThatThrownBy(() -> records.create(deployment("a/b", "CHURN", "dev"))).isInstanceOf(Refused.class)
                .hasMessageContaining("Deployment id \"a/b\" must be");
        notFound(() -> records.create(deployment("x", "NONE", "dev")), "\"NONE\"");
    }

    @Test
    void a_deployment_is_not_deleted_while_an_update_of_it_is_open() {
        deployed("v1");
        records.submit(request("key-2", "CHURN"));
        records.record(2, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        conflict(() -> records.deleteDeployment("churn-on-prod", "alice"), "\"CHURN-on-prod\" is needed by an update");
        assertThatThrownBy(() -> records.deleteProject("CHURN", "alice")).isInstanceOfSatisfying(StillNeeded.class, needed -> {
            assertThat(needed.deployment().orElseThrow().id()).isEqualTo("CHURN-on-prod");
            assertThat(needed).hasMessageNotContainingAny("CHURN-on-prod", "2");
        });
        records.record(2, new UpdateEvent.Ended(UpdateStatus.ABORTED));
        records.deleteDeployment("CHURN-on-prod", "alice");
        records.deleteProject("CHURN", "alice");
        reopen();
        assertThat(records.projects()).isEmpty();
        assertThat(records.bundles("CHURN")).isEmpty();
        assertThat(records.namesFile(bundle("CHURN", "v1").sha256())).isFalse();
    }

    @Test
    void whose_an_update_is_is_told_by_the_order_of_entries_whatever_the_clock_says() {
        records.create(project("CHURN"));
        records.create(project("FRAUD"));
        failedOf("CHURN-on-prod", "key-1", "CHURN");
        // The clock is ahead while the deployment is made, and right again when its update ends.
        Deployment planned = deployment("CHURN-on-prod", "CHURN", "prod");
        Deployment ahead = new Deployment(planned.id(), planned.projectKey(), planned.infrastructureId(), planned.targetProject(),
                planned.bundleId(), planned.settings(), false, "alice", RecordsFixture.NOW.plus(Duration.ofDays(400)));
        Update own = records.submit(request("key-2", "CHURN"));
        records.record(2, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.create(ahead);
        assertThat(records.isOf(records.update(2).orElseThrow(), ahead)).as("an open one").isTrue();
        records.record(own.number(), new UpdateEvent.Ended(UpdateStatus.SUCCESS));
        failedOf("CHURN-on-prod", "key-3", "FRAUD");
        for (int reopened = 0; reopened < 3; reopened++) {
            assertThat(records.isOf(records.update(1).orElseThrow(), ahead)).as("it wanted the id before there was the deployment").isFalse();
            assertThat(records.isOf(records.update(2).orElseThrow(), ahead)).isTrue();
            assertThat(records.isOf(records.update(3).orElseThrow(), ahead)).as("of another project").isFalse();
            if (reopened == 1) {
                journalRecords().close();
            }
            reopen();
        }
        // The clock is behind while its namesake is made.
        records.change(ahead.afterAdoption(), "alice");
        records.deleteDeployment("CHURN-on-prod", "alice");
        records.create(planned);
        journalRecords().close();
        reopen();
        assertThat(records.isOf(records.update(2).orElseThrow(), planned)).as("of the deleted one").isFalse();
    }

    private void failedOf(String deploymentId, String key, String project) {
        Update update = records.submit(request(key, project));
        records.record(update.number(), new UpdateEvent.TargetKnown(deploymentId));
        records.record(update.number(), new UpdateEvent.WayBackKnown(wayBack()));
        records.record(update.number(), reached("prod-1", "v1"));
        records.record(update.number(), new UpdateEvent.Ended(UpdateStatus.FAILED));
        assertThat(records.deployment(deploymentId).map(it -> records.past(it.id()).owned()).orElse(Set.of()))
                .as("what another's update did is not the deployment's past").isEmpty();
    }

    @Test
    void no_update_comes_between_the_look_at_open_ones_and_the_change() throws Exception {
        deployed("v1");
        Thread[] submits = new Thread[1];
        List<Deployment> planned = new java.util.concurrent.CopyOnWriteArrayList<>();
        Deployment changed = records.changeAtRest("churn-on-prod", "alice", before -> {
            submits[0] = new Thread(() -> {
                Update update = records.submit(request("key-2", "CHURN"));
                records.record(update.number(), new UpdateEvent.TargetKnown("CHURN-on-prod"));
                planned.add(records.deployment("CHURN-on-prod").orElseThrow());
            });
            submits[0].start();
            org.awaitility.Awaitility.await().until(() -> submits[0].getState() == Thread.State.BLOCKED || !submits[0].isAlive());
            return before.afterAdoption();
        });
        submits[0].join(60_000);

        assertThat(planned).containsExactly(changed);
        conflict(() -> records.changeAtRest("CHURN-on-prod", "alice", Deployment::afterAdoption), "needed by an update that has not ended");
    }
}
