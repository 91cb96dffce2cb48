package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.InfrastructureEdit;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded at gates is derived from the journal, the same with a checkpoint as without. */
class JournalGatesTest {

    private static final Instant NOW = RecordsFixture.NOW;
    private static final Principal RELEASE = Principal.ofGroup("release");
    private static final Principal CAROL = Principal.ofUser("carol");

    @TempDir
    Path home;

    /** All that can be asked. */
    private record Seen(
            List<ApprovalRequest> requests,
            List<ApprovalRequest> forRelease,
            List<PreApproval> preApprovals,
            boolean glass,
            List<InfrastructureEdit> edits) {

        static Seen of(GateRecords gates) {
            List<ApprovalRequest> forRelease = new ArrayList<>();
            for (var next = gates.nextAsking(RELEASE::equals, 0); next.isPresent(); next = gates.nextAsking(RELEASE::equals, next.get().update())) {
                forRelease.add(next.get());
            }
            return new Seen(gates.requestsAfter(0).toList(), forRelease,
                    gates.preApprovals("CHURN", "PROD").stream().sorted(java.util.Comparator.comparing(PreApproval::id)).toList(),
                    gates.glass("CHURN", "Prod", NOW.plusSeconds(5)).isPresent(), gates.edits("PROD"));
        }
    }

    private void with(Consumer<JournalRecords> work) {
        try (FileJournal journal = JournalFixture.open(home); JournalRecords records = JournalRecords.open(journal)) {
            work.accept(records);
        }
    }

    @Test
    void everything_is_there_again_with_a_checkpoint_and_without() throws IOException {
        Seen[] before = new Seen[1];
        with(records -> {
            for (int i = 1; i <= 4; i++) {
                records.submit(RecordsFixture.request("k" + i, "CHURN"));
            }
            GateRecords gates = records.gates();
            gates.change(1, "requested", null, none -> request(1, RELEASE));
            gates.change(2, "requested", null, none -> request(2, RELEASE, CAROL));
            gates.change(3, "requested", null, none -> request(3, CAROL));
            gates.change(4, "requested", null, none -> request(4, RELEASE));
            gates.change(1, "approved", "dave", request -> request.with(new Vote("dave", true, "ok", NOW, false)));
            gates.change(4, "passed-under-broken-glass", "eve", request -> request.passedUnder(glass("g1", 60), NOW.plusSeconds(9)));
            records.record(2, new UpdateEvent.Ended(UpdateStatus.FAILED));
            records.record(4, new UpdateEvent.Ended(UpdateStatus.WARNING));
            gates.add(preApproval("p1", 600));
            gates.add(preApproval("p2", 600));
            gates.endPreApproval("p1", "used by update 1", null);
            gates.add(glass("g1", 60));
            gates.add(new InfrastructureEdit("prod", "r1", "bob", NOW));
            gates.add(new InfrastructureEdit("PROD", "r2", null, NOW));
            before[0] = Seen.of(gates);
        });

        assertThat(before[0].requests()).extracting(ApprovalRequest::update).as("2 has ended, 4 is owed approvals").containsExactly(1L, 3L, 4L);
        assertThat(before[0].forRelease()).extracting(ApprovalRequest::update).containsExactly(1L, 4L);
        assertThat(before[0].preApprovals()).extracting(PreApproval::id).containsExactly("p2");
        assertThat(before[0].glass()).isTrue();
        assertThat(before[0].edits()).extracting(InfrastructureEdit::revision).containsExactly("r1", "r2");
        with(records -> assertThat(Seen.of(records.gates())).isEqualTo(before[0]));
        Files.delete(home.resolve("checkpoint.bin"));
        with(records -> assertThat(Seen.of(records.gates())).isEqualTo(before[0]));
    }

    @Test
    void what_was_owed_and_is_closed_stays_closed() {
        with(records -> {
            records.submit(RecordsFixture.request("k", "CHURN"));
            records.gates().change(1, "requested", null, none -> request(1, RELEASE).passedUnder(glass("g", 60), NOW));
            records.record(1, new UpdateEvent.Ended(UpdateStatus.WARNING));
            records.gates().close(1, "approved afterwards", "dave");
        });
        with(records -> assertThat(records.gates().request(1)).isEmpty());
    }

    @Test
    void what_a_change_throws_changes_nothing_and_writes_nothing() {
        with(records -> {
            records.gates().change(7, "requested", null, none -> request(7, RELEASE));
            Anchor head = records.head();
            assertThatThrownBy(() -> records.gates().change(7, "approved", "dave", request -> {
                throw Refused.conflict("no");
            })).isInstanceOf(Refused.class);
            records.gates().change(7, "approved", "dave", request -> request);

            assertThat(records.head()).isEqualTo(head);
            assertThat(records.gates().request(7).orElseThrow().votes()).isEmpty();
        });
    }

    @Test
    void of_many_who_decide_at_once_each_counts_once_and_none_is_lost() {
        with(records -> {
            records.gates().change(7, "requested", null, none -> request(7, RELEASE));
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String voter = "voter" + i;
                threads.add(new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    records.gates().change(7, "approved", voter, request -> request.with(new Vote(voter, true, null, NOW, false)));
                }));
            }
            threads.forEach(Thread::start);
            go.countDown();
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            assertThat(records.gates().request(7).orElseThrow().votes()).extracting(Vote::userId).hasSize(8).doesNotHaveDuplicates();
        });
    }

    @Test
    void who_changed_an_infrastructure_is_read_while_somebody_else_writes() {
        with(records -> {
            GateRecords gates = records.gates();
            gates.add(new InfrastructureEdit("prod", "r1", "bob", NOW));
            // A change is made under the lock that an entry is written under.
            gates.change(7, "requested", null, none -> {
                assertThat(CompletableFuture.supplyAsync(() -> gates.edits("PROD")).orTimeout(30, TimeUnit.SECONDS).join())
                        .extracting(InfrastructureEdit::userId).containsExactly("bob");
                return request(7, RELEASE);
            });
        });
    }

    @Test
    void of_the_changes_of_an_infrastructure_the_newest_hundred_are_kept() {
        with(records -> {
            for (int i = 1; i <= 102; i++) {
                records.gates().add(new InfrastructureEdit("prod", "r" + i, "bob", NOW));
            }
        });
        with(records -> assertThat(records.gates().edits("prod")).hasSize(100).extracting(InfrastructureEdit::revision)
                .startsWith("r3").endsWith("r102"));
    }

    @Test
    void who_did_what_stands_in_the_facts_which_stay_for_ever() {
        with(records -> {
            records.gates().change(7, "requested", null, none -> request(7, RELEASE));
            records.gates().change(7, "approved", "dave", request -> request.with(new Vote("dave", true, "ok", NOW, false)));
        });
        try (FileJournal journal = JournalFixture.open(home)) {
            Entry entry = journal.read(journal.head().seq());
            assertThat(entry.type()).isEqualTo("gate.approved");
            assertThat(entry.facts().path("by").asText()).isEqualTo("dave");
            assertThat(entry.facts().path("request").path("votes").get(0).path("reason").asText()).isEqualTo("ok");
            assertThat(entry.payloadDigest()).as("nothing that retention could take").isEmpty();
        }
    }

    private static ApprovalRequest request(long update, Principal... approvers) {
        return new ApprovalRequest(update, 1, ApprovalRequest.State.WAITING, "d" + update, "CHURN", "prod", "Production", "v1",
                List.of("alice"), new StageGate(1, List.of(approvers), null, null, null, null, null, null, null), List.of("bob"), true,
                Map.of("bundle", "ab"), NOW, NOW.plusSeconds(60), null, null, null, null, null);
    }

    private static BrokenGlass glass(String id, int seconds) {
        return new BrokenGlass(id, "eve", "fire", NOW, NOW.plusSeconds(seconds), "CHURN", "prod");
    }

    private static PreApproval preApproval(String id, int seconds) {
        return new PreApproval(id, "dave", null, NOW, NOW.plusSeconds(seconds), "CHURN", "prod", "v1", Map.of("bundle", "ab"));
    }
}
