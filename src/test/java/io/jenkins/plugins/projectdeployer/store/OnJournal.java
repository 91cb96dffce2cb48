package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.bundle;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.deployment;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.plan;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.reached;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Records in a journal that a test closes and opens again, with alice's deployment CHURN-on-prod. */
abstract class OnJournal {

    @TempDir
    Path home;

    Clock clock = Clock.fixed(RecordsFixture.NOW, ZoneOffset.UTC);
    FileJournal journal;
    Records records;

    @BeforeEach
    void open() {
        journal = FileJournal.open(home, clock, 4_000, SegmentFile::onDisk);
        records = JournalRecords.open(journal);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    void reopen() {
        close();
        open();
    }

    JournalRecords journalRecords() {
        return (JournalRecords) records;
    }

    void sent(long number, String bundle, String node) {
        records.submit(request("key-" + number, "CHURN"));
        records.record(number, new UpdateEvent.TargetKnown("CHURN-on-prod"));
        records.record(number, new UpdateEvent.BundleKnown(bundle, digest(bundle)));
        records.record(number, new UpdateEvent.PhaseStarted(Phase.SEND));
        records.record(number, reached(node, bundle));
        records.record(number, new UpdateEvent.Ended(UpdateStatus.SUCCESS));
    }

    static String digest(String bundle) {
        return RecordsFixture.bundle("CHURN", bundle).sha256();
    }

    /** Publishes two bundles and carries out one update that brings {@code bundleId} to prod. */
    void deployed(String bundleId) {
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

    static void conflict(ThrowingCallable call, String... words) {
        refused(call, Refused.Reason.CONFLICT, words);
    }

    static void notFound(ThrowingCallable call, String... words) {
        refused(call, Refused.Reason.NOT_FOUND, words);
    }

    static void refused(ThrowingCallable call, Refused.Reason reason, String... words) {
        assertThatThrownBy(call).isInstanceOf(Refused.class).hasMessageContainingAll(words)
                .extracting(e -> Optional.of(((Refused) e).reason())).isEqualTo(Optional.of(reason));
    }
}
