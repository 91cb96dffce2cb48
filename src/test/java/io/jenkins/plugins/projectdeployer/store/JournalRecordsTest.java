package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.bundle;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.deployment;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.plan;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.reached;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.wayBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRecordsTest {

    @TempDir
    Path home;

    private Clock clock = Clock.fixed(RecordsFixture.NOW, java.time.ZoneOffset.UTC);
    private FileJournal journal;
    private Records records;

    @BeforeEach
    void open() {
        journal = FileJournal.open(home, clock, 4_000, SegmentFile::onDisk);
        records = JournalRecords.open(journal);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void reopen() {
        close();
        open();
    }

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
    void a_journal_keeps_its_id_and_a_new_one_has_another() throws IOException {
        String id = journalRecords().journalId();
        records.create(project("CHURN"));
        reopen();
        assertThat(journalRecords().journalId()).isEqualTo(id);
        try (FileJournal other = FileJournal.open(Files.createDirectory(home.resolve("other")), clock)) {
            assertThat(JournalRecords.open(other).journalId()).isNotEqualTo(id);
        }
    }

    @Test
    void what_a_deleted_deployment_had_on_its_nodes_is_forgotten_with_a_checkpoint_as_without() {
        deployed("v2");
        records.deleteDeployment("CHURN-on-prod", "alice");
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        assertThat(journalRecords().having("CHURN", "v2")).isEmpty();
        journalRecords().close();
        reopen();
        assertThat(journalRecords().having("CHURN", "v2")).isEmpty();
        records.deleteBundle("CHURN", "v2", "alice");
    }

    private JournalRecords journalRecords() {
        return (JournalRecords) records;
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
        records.change(created.afterAdoption(), "bob");
        reopen();
        assertThat(records.deployments()).containsExactly(created.afterAdoption());
        assertThat(journal.read(journal.head().seq()).facts().path("by").asText()).isEqualTo("bob");
        records.deleteDeployment("churn-on-prod", "bob");
        reopen();
        assertThat(records.deployments()).isEmpty();
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

    @Test
    void a_key_is_taken_once_however_often_it_is_submitted() {
        Update update = records.submit(request("key-1", "CHURN"));
        assertThat(update.number()).isEqualTo(1);
        assertThat(update.status()).isEqualTo(UpdateStatus.QUEUED);
        assertThat(records.submit(request("key-1", "OTHER"))).isEqualTo(update);
        reopen();
        assertThat(records.submit(request("key-1", "CHURN"))).isEqualTo(update);
        records.record(1, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
        reopen();
        assertThat(records.submit(request("key-1", "CHURN")).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(records.update("key-1").orElseThrow().number()).isEqualTo(1);
        assertThat(records.submit(request("key-2", "CHURN")).number()).isEqualTo(2);
        assertThat(records.update("key-3")).isEmpty();
    }

    @Test
    void an_update_is_the_same_after_a_restart_at_every_event() {
        records.create(project("CHURN"));
        Deployment deployment = deployment("CHURN-on-prod", "CHURN", "prod");
        records.create(deployment);
        Update update = records.submit(request("key-1", "CHURN"));
        for (UpdateEvent event : List.of(
                new UpdateEvent.StatusChanged(UpdateStatus.RUNNING),
                new UpdateEvent.PhaseStarted(Phase.AUTHORIZE),
                new UpdateEvent.TargetKnown("CHURN-on-prod"),
                new UpdateEvent.PhaseEnded(Phase.AUTHORIZE, Update.Outcome.DONE),
                new UpdateEvent.BundleKnown("v1", "0".repeat(64)),
                new UpdateEvent.Planned(plan(deployment)),
                new UpdateEvent.WayBackKnown(wayBack()),
                new UpdateEvent.Said(Message.info("HELLO", "Hello.").onNode("prod-1")),
                new UpdateEvent.RunStarted(Update.RunKind.PRE_HOOK, "notify", "d1"),
                new UpdateEvent.RunEnded(Update.RunKind.PRE_HOOK, "notify", "SUCCESS", "fine", "output",
                        new Update.Calls(List.of(new Update.Call("automation", "PUT", "/projects/CHURN/settings", 200)), 3)),
                reached("prod-1", "v1"),
                new UpdateEvent.AbortAsked("bob"))) {
            Update after = records.record(1, event);
            assertThat(after).isEqualTo(update.after(event, RecordsFixture.NOW));
            reopen();
            assertThat(records.update(1)).contains(after);
            assertThat(records.openUpdates()).containsExactly(after);
            update = after;
        }
        Update ended = records.record(1, new UpdateEvent.Ended(UpdateStatus.ABORTED));
        assertThat(ended).isEqualTo(update.after(new UpdateEvent.Ended(UpdateStatus.ABORTED), RecordsFixture.NOW));
        assertThat(records.update(1)).contains(ended);
        reopen();
        assertThat(records.update(1)).contains(ended);
        assertThat(records.history(records.deployment("churn-on-PROD").orElseThrow())).containsExactly(ended);
        assertThat(records.openUpdates()).isEmpty();
    }

    @Test
    void an_update_that_is_too_large_for_one_entry_ends_with_its_plan_and_its_way_back() {
        records.create(project("CHURN"));
        Update ended = endingWith(9);
        assertThat(records.update(1)).contains(ended);
        reopen();
        assertThat(records.update(1)).contains(ended);
        assertThat(ended.wayBack()).isNotNull();
        assertThat(ended.runs()).hasSize(1);
    }

    @Test
    void one_that_is_too_large_even_so_keeps_its_way_back_and_what_is_where() {
        records.create(project("CHURN"));
        Update ended = endingWith(9, 9);
        reopen();
        Update kept = records.update(1).orElseThrow();
        assertThat(kept.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(kept.wayBack()).isEqualTo(ended.wayBack());
        assertThat(kept.plan()).isEqualTo(ended.plan());
        assertThat(kept.nodes()).isEqualTo(ended.nodes());
        assertThat(records.openUpdates()).isEmpty();
    }

    /** An update with a way back of 9 MiB and hooks with so many MiB of output. */
    private Update endingWith(int... outputs) {
        String large = "x".repeat(9 << 20);
        records.submit(request("key-1", "CHURN"));
        records.record(1, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(1, new UpdateEvent.Planned(plan(deployment("CHURN-on-prod", "CHURN", "prod"))));
        records.record(1, new UpdateEvent.WayBackKnown(new WayBack(null, List.of(new WayBack.NodeState(
                "https://prod.example.com:10000", "v0", true, Json.MAPPER.createObjectNode().put("text", large),
                null, null, null, null)))));
        records.record(1, reached("prod-1", "v1"));
        for (int i = 0; i < outputs.length; i++) {
            records.record(1, new UpdateEvent.RunStarted(Update.RunKind.POST_HOOK, "hook-" + i, "d1"));
            records.record(1, new UpdateEvent.RunEnded(
                    Update.RunKind.POST_HOOK, "hook-" + i, "SUCCESS", null, "x".repeat(outputs[i] << 20), null));
        }
        return records.record(1, new UpdateEvent.Ended(UpdateStatus.FAILED));
    }

    @Test
    void what_a_node_said_that_it_is_survives_any_number_of_updates_and_their_details() {
        deployed("v1");
        for (int i = 2; i <= 9; i++) {
            records.submit(request("key-" + i, "CHURN"));
            records.record(i, new UpdateEvent.TargetKnown("CHURN-on-prod"));
            records.record(i, new UpdateEvent.Ended(UpdateStatus.FAILED));
        }
        journalRecords().forgetDetails(RecordsFixture.NOW.plusSeconds(1));
        SeenNode node = new SeenNode("prod", "https://prod.example.com:10000", "prod-1");
        assertThat(records.seenNodes()).containsExactly(node);
        reopen();
        assertThat(records.seenNodes()).containsExactly(node);
        journalRecords().close();
        reopen();
        assertThat(records.seenNodes()).containsExactly(node);
    }

    @Test
    void whether_a_deployment_was_ever_deployed_survives_and_is_its_own_and_not_its_namesakes() {
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        deployed("v1");
        assertThat(records.everDeployed("churn-ON-prod")).isTrue();
        journalRecords().close();
        reopen();
        assertThat(records.everDeployed("CHURN-on-prod")).isTrue();

        records.deleteDeployment("CHURN-on-prod", "alice");
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        journalRecords().close();
        reopen();
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
    }

    @Test
    void where_a_bundle_has_arrived_adds_up_over_updates_and_survives_their_details() {
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        sent(1, "v1", "prod-1");
        sent(2, "v1", "prod-2");
        sent(3, "v2", "prod-2");
        refused(4, "v1");
        String v1 = digest("v1");
        DeploymentPast past = new DeploymentPast(Set.of("prod-1", "prod-2"), false, true, 3);

        for (int opening = 0; opening < 4; opening++) {
            assertThat(records.past("churn-ON-prod")).isEqualTo(past);
            assertThat(records.sentTo("churn-ON-prod", v1)).containsExactly("prod-1", "prod-2");
            assertThat(records.sentTo("CHURN-on-prod", digest("v2"))).containsExactly("prod-2");
            assertThat(records.sentTo("CHURN-on-prod", digest("v3"))).isEmpty();
            assertThat(records.sentTo("CHURN-on-test", v1)).isEmpty();
            if (opening == 1) {
                journalRecords().forgetDetails(RecordsFixture.NOW.plusSeconds(1));
            }
            if (opening == 2) {
                journalRecords().close();
            }
            reopen();
        }
    }

    @Test
    void what_another_deployer_has_brought_to_the_nodes_counts_beside_what_arrives_from_here() {
        records.create(project("CHURN"));
        String v1 = digest("v1");
        DeploymentPast.Found found = new DeploymentPast.Found(v1, Set.of("prod-1"), "https://deployer.example.com");
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"), new DeploymentPast(Set.of("prod-1"), false, true, 0, found));
        sent(1, "v1", "prod-2");
        sent(2, "v2", "prod-2");

        for (int opening = 0; opening < 3; opening++) {
            assertThat(records.past("CHURN-on-prod")).isEqualTo(new DeploymentPast(Set.of("prod-1", "prod-2"), false, true, 2, found));
            assertThat(records.sentTo("CHURN-on-prod", v1)).containsExactly("prod-1", "prod-2");
            assertThat(records.sentTo("CHURN-on-prod", digest("v2"))).containsExactly("prod-2");
            if (opening == 1) {
                journalRecords().close();
            }
            reopen();
        }
        records.deleteDeployment("CHURN-on-prod", "alice");
        assertThat(records.past("CHURN-on-prod")).isEqualTo(DeploymentPast.NONE);
        assertThat(records.sentTo("CHURN-on-prod", v1)).isEmpty();
    }

    @Test
    void a_namesake_of_a_deleted_deployment_has_no_part_in_its_past() {
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        sent(1, "v1", "prod-1");
        records.deleteDeployment("CHURN-on-prod", "alice");
        assertThat(records.past("CHURN-on-prod")).isEqualTo(DeploymentPast.NONE);
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        journalRecords().close();
        reopen();
        assertThat(records.past("CHURN-on-prod")).isEqualTo(DeploymentPast.NONE);
        assertThat(records.sentTo("CHURN-on-prod", digest("v1"))).isEmpty();

        sent(2, "v1", "prod-2");
        assertThat(records.sentTo("CHURN-on-prod", digest("v1"))).containsExactly("prod-2");
    }

    @Test
    void a_history_is_read_no_further_than_somebody_asks() {
        CountingJournal counted = new CountingJournal();
        records = JournalRecords.open(counted, home.resolve("none.bin"));
        records.create(project("CHURN"));
        Deployment deployment = deployment("CHURN-on-prod", "CHURN", "prod");
        records.create(deployment);
        for (int number = 1; number <= 10; number++) {
            sent(number, "v1", "prod-1");
        }
        counted.reads = 0;

        assertThat(records.history(deployment, 9).filter(update -> update.number() == 7).findFirst()).isPresent();
        assertThat(counted.reads).isEqualTo(2);
    }

    @Test
    void ten_thousand_updates_are_not_read_again_to_know_what_they_did() {
        CountingJournal counted = new CountingJournal();
        JournalRecords many = JournalRecords.open(counted, home.resolve("none.bin"));
        records = many;
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        for (int number = 1; number <= 10_000; number++) {
            sent(number, "v" + number % 7, "prod-1");
        }
        counted.reads = 0;

        assertThat(records.past("CHURN-on-prod").lastAtWork()).isEqualTo(10_000);
        assertThat(records.sentTo("CHURN-on-prod", digest("v3"))).containsExactly("prod-1");
        assertThat(records.sentTo("CHURN-on-prod", digest("v8"))).isEmpty();
        assertThat(counted.reads).isEqualTo(1);
    }

    private void sent(long number, String bundle, String node) {
        records.submit(request("key-" + number, "CHURN"));
        records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(number, new UpdateEvent.BundleKnown(bundle, digest(bundle)));
        records.record(number, new UpdateEvent.PhaseStarted(Phase.SEND));
        records.record(number, reached(node, bundle));
        records.record(number, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
    }

    private void refused(long number, String bundle) {
        records.submit(request("key-" + number, "CHURN"));
        records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(number, new UpdateEvent.BundleKnown(bundle, digest(bundle)));
        records.record(number, new UpdateEvent.Ended(UpdateStatus.FAILED));
    }

    private static String digest(String bundle) {
        return RecordsFixture.bundle("CHURN", bundle).sha256();
    }

    @Test
    void a_deployment_whose_update_reached_no_node_or_another_bundle_was_never_deployed() {
        records.create(project("CHURN"));
        records.create(deployment("CHURN-on-prod", "CHURN", "prod"));
        records.submit(request("key-1", "CHURN"));
        records.record(1, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(1, new UpdateEvent.BundleKnown("v2", "0".repeat(64)));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        records.record(1, reached("prod-1", "v1"));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
        records.record(1, reached("prod-1", "v2"));
        assertThat(records.everDeployed("CHURN-on-prod")).as("while the update goes on").isTrue();
        records.record(1, reached("prod-1", "v1"));
        records.record(1, new UpdateEvent.Ended(UpdateStatus.FAILED));
        assertThat(records.everDeployed("CHURN-on-prod")).isFalse();
    }

    @Test
    void history_is_newest_first_and_goes_on_from_any_update() {
        records.create(project("CHURN"));
        records.create(RecordsFixture.deployment("CHURN-on-prod", "CHURN", "prod"));
        Deployment deployment = records.deployment("churn-on-PROD").orElseThrow();
        for (int i = 1; i <= 7; i++) {
            records.submit(request("key-" + i, "CHURN"));
        }
        // Later submitted ones may come first to know their deployment.
        for (int number : new int[] {3, 1, 7, 5}) {
            records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        }
        records.record(3, new UpdateEvent.Ended(UpdateStatus.FAILED));
        reopen();
        assertThat(records.history(deployment)).extracting(Update::number).containsExactly(7L, 5L, 3L, 1L);
        assertThat(records.history(deployment, 5)).extracting(Update::number).containsExactly(3L, 1L);
        assertThat(records.history(deployment, 1)).isEmpty();
        assertThat(records.openUpdates()).extracting(Update::number).containsExactly(1L, 2L, 4L, 5L, 6L, 7L);
    }

    @Test
    void history_leaves_out_what_another_project_did_under_the_same_id() {
        records.create(project("CHURN"));
        records.submit(request("before", "SECRET"));
        records.submit(request("open", "SECRET"));
        records.submit(request("own", "CHURN"));
        for (int number = 1; number <= 3; number++) {
            records.record(number, new UpdateEvent.TargetKnown("nightly"));
        }
        records.record(1, new UpdateEvent.Ended(UpdateStatus.FAILED));
        records.create(RecordsFixture.deployment("nightly", "CHURN", "prod"));
        records.record(2, new UpdateEvent.Ended(UpdateStatus.FAILED));
        reopen();

        assertThat(records.history(records.deployment("nightly").orElseThrow())).extracting(Update::number).containsExactly(3L);
    }

    @Test
    void an_ended_update_takes_no_more_events_but_an_abort_that_comes_late_is_answered() {
        records.submit(request("key-1", "CHURN"));
        Update ended = records.record(1, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
        assertThat(records.record(1, new UpdateEvent.AbortAsked("bob"))).isEqualTo(ended);
        assertThatThrownBy(() -> records.record(1, new UpdateEvent.PhaseStarted(Phase.SEND)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("Update 1 has ended as SUCCESS");
        notFound(() -> records.record(9, new UpdateEvent.AbortAsked("bob")), "\"9\"");
    }

    @Test
    void when_an_entry_cannot_be_written_nothing_has_changed() {
        records.create(project("CHURN"));
        records.submit(request("key-1", "CHURN"));
        journal.close();
        assertThatThrownBy(() -> records.create(project("FRAUD"))).isInstanceOf(JournalException.class);
        assertThatThrownBy(() -> records.publish(bundle("CHURN", "v1"))).isInstanceOf(JournalException.class);
        assertThatThrownBy(() -> records.submit(request("key-2", "CHURN"))).isInstanceOf(JournalException.class);
        assertThatThrownBy(() -> records.record(1, new UpdateEvent.Ended(UpdateStatus.FAILED)))
                .isInstanceOf(JournalException.class);
        assertThat(records.projects()).hasSize(1);
        assertThat(records.bundles("CHURN")).isEmpty();
        assertThat(records.openUpdates()).singleElement().extracting(Update::status).isEqualTo(UpdateStatus.QUEUED);
        assertThat(records.update("key-2")).isEmpty();
    }

    @Test
    void a_checkpoint_that_is_damaged_or_of_another_journal_is_not_used() throws IOException {
        deployed("v1");
        Path file = home.resolve("checkpoint.bin");
        ((JournalRecords) records).close();
        byte[] whole = Files.readAllBytes(file);
        assertThat(Checkpoint.read(file)).isPresent();
        for (int place = 0; place < whole.length; place++) {
            byte[] changed = whole.clone();
            changed[place] ^= 0x15;
            Files.write(file, changed);
            assertThat(Checkpoint.read(file)).as("byte " + place).isEmpty();
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(Checkpoint.read(file)).as("length " + length).isEmpty();
        }
        Update update = records.update(1).orElseThrow();
        reopen();
        assertThat(records.update(1)).contains(update);
        // The journal of another day: as long, but not the same.
        Files.write(file, whole);
        close();
        try (var old = Files.newDirectoryStream(home, "journal-*")) {
            for (Path segment : old) {
                Files.delete(segment);
            }
        }
        clock = Clock.offset(clock, Duration.ofDays(1));
        open();
        assertThat(records.projects()).isEmpty();
        deployed("v2");
        reopen();
        assertThat(records.update(1).orElseThrow().bundleId()).isEqualTo("v2");
    }

    @Test
    void an_audit_fact_is_kept_and_changes_nothing() {
        records.audit("deploy.refused", Map.of("user", "bob", "project", "CHURN"));
        records.audit("note", "text");
        reopen();
        assertThat(journal.read(1).type()).isEqualTo("audit.deploy.refused");
        assertThat(journal.read(1).facts().path("user").asText()).isEqualTo("bob");
        assertThat(journal.read(2).facts().path("value").asText()).isEqualTo("text");
    }

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
        while (journal.head().seq() < 60) {
            records.audit("filler", "so that the segment with the above is closed");
        }
        records.forgetDetails(RecordsFixture.NOW.plus(Duration.ofDays(30)));
        assertThat(records.update(1).orElseThrow().plan()).isNull();

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

    /** Publishes two bundles and carries out one update that brings {@code bundleId} to prod. */
    private void deployed(String bundleId) {
        records.create(project("CHURN"));
        records.publish(bundle("CHURN", "v1"));
        records.publish(bundle("CHURN", "v2"));
        Deployment deployment = deployment("CHURN-on-prod", "CHURN", "prod");
        records.create(deployment);
        long number = records.submit(request("key-1", "CHURN")).number();
        records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(number, new UpdateEvent.BundleKnown(bundleId, bundle("CHURN", bundleId).sha256()));
        records.record(number, new UpdateEvent.Planned(plan(deployment)));
        records.record(number, reached("prod-1", bundleId));
        records.record(number, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
    }

    private static void conflict(ThrowingCallable call, String... words) {
        refused(call, Refused.Reason.CONFLICT, words);
    }

    private static void notFound(ThrowingCallable call, String... words) {
        refused(call, Refused.Reason.NOT_FOUND, words);
    }

    private static void refused(ThrowingCallable call, Refused.Reason reason, String... words) {
        assertThatThrownBy(call).isInstanceOf(Refused.class).hasMessageContainingAll(words)
                .extracting(e -> Optional.of(((Refused) e).reason())).isEqualTo(Optional.of(reason));
    }
}
