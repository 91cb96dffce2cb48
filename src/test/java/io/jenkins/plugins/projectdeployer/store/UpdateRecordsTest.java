package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.deployment;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.plan;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.reached;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.wayBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Updates: taken once by their key, the same after each event and restart, and listed newest first. */
class UpdateRecordsTest extends OnJournal {

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
}
