package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.bundle;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.project;
import static io.jenkins.plugins.projectdeployer.store.RecordsFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The records and their journal: its id, its checkpoint, entries that cannot be written and those that change nothing. */
class JournalRecordsTest extends OnJournal {

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
}
