package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.JournalFixture.CLOCK;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.all;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.facts;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.fill;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fills up, refuses to sync or refuses everything. */
class JournalFaultsTest {

    @TempDir
    Path home;

    private final Disk disk = new Disk();

    private FileJournal open() {
        return FileJournal.open(home, CLOCK, 20_000, disk);
    }

    @Test
    void an_entry_is_synced_once_and_before_it_is_returned() {
        try (FileJournal journal = open()) {
            for (int i = 1; i <= 100; i++) {
                journal.append("test.entry", facts(i), payload(i));
                assertThat(disk.unsynced).hasValue(0);
                assertThat(disk.timesSynced).hasValue(i);
            }
        }
    }

    @Test
    void entries_that_are_added_at_once_are_synced_once() {
        try (FileJournal journal = open()) {
            journal.append(IntStream.rangeClosed(1, 3)
                    .mapToObj(number -> new Journal.NewEntry("test.entry", facts(number), payload(number))).toList());
            assertThat(disk.unsynced).hasValue(0);
            assertThat(disk.timesSynced).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 300, 600})
    void of_entries_that_meet_a_full_disk_none_is_seen(int room) {
        try (FileJournal journal = open()) {
            disk.room = room;
            assertThatThrownBy(() -> journal.append(List.of(
                            new Journal.NewEntry("test.lost", facts(1), payload(1)), new Journal.NewEntry("test.lost", facts(2), payload(2)))))
                    .isInstanceOf(JournalException.class);
            assertThat(all(journal)).isEmpty();
        }
        try (FileJournal journal = open()) {
            assertThat(all(journal)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 300})
    void an_entry_that_meets_a_full_disk_fails_and_is_never_seen(int room) throws IOException {
        try (FileJournal journal = open()) {
            fill(journal, 3);
            byte[] before = Files.readAllBytes(home.resolve("journal-000001.jsonl"));
            disk.room = room;
            assertThatThrownBy(() -> journal.append("test.lost", facts(4), payload(4)))
                    .isInstanceOf(JournalException.class).hasMessageContainingAll("Entry 4 (test.lost)",
                            "journal-000001.jsonl", "No space left on device", "nothing was recorded", "make room");
            assertThat(home.resolve("journal-000001.jsonl")).hasBinaryContent(before);
            assertThat(journal.head().seq()).isEqualTo(3);
        }
        try (FileJournal journal = open()) {
            assertThat(all(journal)).extracting(Entry::type).doesNotContain("test.lost").hasSize(3);
            assertThat(journal.droppedTail()).isEmpty();
        }
    }

    @Test
    void after_a_failed_entry_none_is_taken_until_the_disk_has_proved_that_it_can_be_written() {
        try (FileJournal journal = open()) {
            fill(journal, 3);
            disk.room = 100;
            assertThatThrownBy(() -> journal.append("test.lost", facts(4), null)).isInstanceOf(JournalException.class);
            disk.room = 0;
            assertThatThrownBy(() -> journal.append("test.lost", facts(5), null)).isInstanceOf(JournalException.class)
                    .hasMessageContainingAll("takes no entries since a write failed at 2026-03-01T10:15:30",
                            "still cannot be written", "make room");
            disk.room = Long.MAX_VALUE;
            assertThat(journal.append("test.entry", facts(6), null).seq()).isEqualTo(5);
            Entry resumed = journal.read(4);
            assertThat(resumed.type()).isEqualTo(FileJournal.RESUMED);
            assertThat(resumed.facts().path("reason").asText()).isEqualTo("No space left on device");
        }
        try (FileJournal journal = open()) {
            assertThat(all(journal)).extracting(Entry::type).containsExactly(
                    "test.entry", "test.entry", "test.entry", FileJournal.RESUMED, "test.entry");
        }
    }

    @Test
    void an_entry_whose_sync_fails_counts_as_not_written() {
        try (FileJournal journal = open()) {
            fill(journal, 2);
            disk.syncs = false;
            assertThatThrownBy(() -> journal.append("test.lost", facts(3), null))
                    .hasMessageContaining("nothing was recorded");
            assertThatThrownBy(() -> journal.append("test.lost", facts(3), null))
                    .hasMessageContaining("still cannot be written");
            disk.syncs = true;
            fill(journal, 1);
            assertThat(all(journal)).extracting(Entry::type)
                    .containsExactly("test.entry", "test.entry", FileJournal.RESUMED, "test.entry");
        }
    }

    @Test
    void what_could_not_be_cut_off_at_once_is_cut_off_before_the_next_entry() {
        try (FileJournal journal = open()) {
            fill(journal, 2);
            // Longer than the entries that come after it: they must not merely cover its beginning.
            disk.room = 5_000;
            disk.truncates = false;
            assertThatThrownBy(() -> journal.append("test.lost", facts(3).put("text", "x".repeat(9_000)), null))
                    .isInstanceOf(JournalException.class);
            assertThatThrownBy(() -> journal.append("test.lost", facts(3), null)).isInstanceOf(JournalException.class);
            disk.room = Long.MAX_VALUE;
            disk.truncates = true;
            fill(journal, 1);
        }
        try (FileJournal journal = open()) {
            assertThat(journal.droppedTail()).isEmpty();
            assertThat(all(journal)).extracting(Entry::type).doesNotContain("test.lost").hasSize(4);
        }
    }

    @Test
    void what_could_not_be_cut_off_before_a_crash_is_dropped_at_the_next_opening() {
        FileJournal crashed = open();
        fill(crashed, 2);
        disk.room = 50;
        disk.truncates = false;
        assertThatThrownBy(() -> crashed.append("test.lost", facts(3), null)).isInstanceOf(JournalException.class);
        crashed.close();
        disk.room = Long.MAX_VALUE;
        disk.truncates = true;
        try (FileJournal journal = open()) {
            assertThat(journal.droppedTail()).isPresent();
            assertThat(all(journal)).hasSize(2);
        }
    }

    @Test
    void a_disk_that_fails_at_a_change_of_segment_loses_nothing() {
        try (FileJournal journal = FileJournal.open(home, CLOCK, 2_000, disk)) {
            for (int number = 1; number <= 150; number++) {
                disk.opens = number % 3 != 0;
                disk.room = number % 4 == 0 ? 30 : Long.MAX_VALUE;
                try {
                    journal.append("test.entry", facts(number), payload(number));
                } catch (JournalException e) {
                    assertThat(e).hasMessageContaining("disk");
                }
            }
            assertThat(journal.head().seq()).isGreaterThan(50);
            disk.room = Long.MAX_VALUE;
            disk.opens = true;
        }
        try (FileJournal journal = FileJournal.open(home, CLOCK, 2_000, disk)) {
            assertThat(JournalFixture.numbers(journal))
                    .isEqualTo(LongStream.rangeClosed(1, journal.head().seq()).boxed().toList());
        }
        assertThat(verify()).isInstanceOf(JournalVerifier.Intact.class);
    }

    @Test
    void a_file_that_lost_entries_while_it_was_open_takes_no_more() throws IOException {
        try (FileJournal journal = open()) {
            fill(journal, 2);
            disk.syncs = false;
            assertThatThrownBy(() -> fill(journal, 1)).isInstanceOf(JournalException.class);
            disk.syncs = true;
            Files.write(home.resolve("journal-000001.jsonl"), new byte[0]);
            assertThatThrownBy(() -> fill(journal, 1)).isInstanceOf(JournalException.class)
                    .hasMessageContaining("the file lost entries: it has 0 bytes instead of");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_device_that_is_full_is_refused_with_the_systems_own_words() {
        SegmentFile.Opener full = file -> SegmentFile.onDisk(Path.of("/dev/full"));
        try (FileJournal journal = FileJournal.open(home, CLOCK, 20_000, full)) {
            assertThatThrownBy(() -> fill(journal, 1)).isInstanceOf(JournalException.class)
                    .hasMessageContaining("No space left on device");
        }
    }

    @Test
    void an_entry_larger_than_the_journal_takes_is_refused_and_the_journal_goes_on() {
        try (FileJournal journal = open()) {
            assertThatThrownBy(() -> journal.append("test.entry", facts(1).put("text", "x".repeat(17 << 20)), null))
                    .isInstanceOf(JournalException.class).hasMessageContaining("more than the 16777216");
            assertThat(journal.append("test.entry", facts(1), null).seq()).isEqualTo(1);
        }
    }

    private JournalVerifier.Verdict verify() {
        try {
            return JournalVerifier.verify(home, Optional.empty());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
