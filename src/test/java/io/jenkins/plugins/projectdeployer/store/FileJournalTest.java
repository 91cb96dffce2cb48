package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.JournalFixture.all;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.facts;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.fill;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.numbers;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.open;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    @TempDir
    Path home;

    @Test
    void an_entry_comes_back_as_it_was_written_after_the_journal_is_opened_again() {
        Entry written;
        try (FileJournal journal = open(home)) {
            written = journal.append("update.started", facts(41), payload(41));
            assertThat(written.seq()).isEqualTo(1);
            assertThat(written.at()).isEqualTo(Instant.parse("2026-03-01T10:15:30.123Z"));
        }
        try (FileJournal journal = open(home)) {
            Entry read = journal.read(1);
            assertThat(read.type()).isEqualTo("update.started");
            assertThat(read.at()).isEqualTo(written.at());
            assertThat(read.facts()).isEqualTo(facts(41));
            assertThat(read.payload()).contains(payload(41));
            assertThat(read.hash()).isEqualTo(written.hash());
            assertThat(read.previous()).isEqualTo(Anchor.START.head());
            assertThat(journal.head()).isEqualTo(written.anchor());
            assertThat(journal.droppedTail()).isEmpty();
        }
    }

    @Test
    void entries_go_on_from_segment_to_segment_and_any_of_them_is_found() {
        try (FileJournal journal = open(home, 20_000)) {
            fill(journal, 500);
        }
        try (FileJournal journal = open(home, 20_000)) {
            assertThat(files("*.jsonl")).hasSizeGreaterThan(3);
            assertThat(files("*.sidecar.json")).hasSize(files("*.jsonl").size() - 1);
            assertThat(numbers(journal)).isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
            for (int seq = 1; seq <= 500; seq++) {
                assertThat(journal.read(seq).facts()).isEqualTo(facts(seq));
            }
            journal.append("test.entry", facts(501), null);
            List<Long> rest = new java.util.ArrayList<>();
            journal.replay(498, entry -> rest.add(entry.seq()));
            assertThat(rest).containsExactly(499L, 500L, 501L);
        }
    }

    @Test
    void a_number_that_does_not_exist_is_refused_by_number() {
        try (FileJournal journal = open(home)) {
            fill(journal, 3);
            assertThatThrownBy(() -> journal.read(4)).isInstanceOf(JournalException.class)
                    .hasMessageContaining("has no entry 4; its newest is 3");
            assertThatThrownBy(() -> journal.read(0)).hasMessageContaining("has no entry 0");
        }
    }

    @Test
    void many_threads_get_numbers_without_gaps_and_each_entry_is_there_when_append_returns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (FileJournal journal = open(home, 20_000)) {
            List<Callable<Long>> work = IntStream.range(0, 400).<Callable<Long>>mapToObj(i -> () -> {
                Entry entry = journal.append("test.entry", facts(i), null);
                assertThat(journal.read(entry.seq()).facts()).isEqualTo(facts(i));
                return entry.seq();
            }).toList();
            List<Long> numbers = new java.util.ArrayList<>();
            for (var result : threads.invokeAll(work)) {
                numbers.add(result.get());
            }
            assertThat(numbers).doesNotHaveDuplicates();
            assertThat(numbers(journal)).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
        assertThat(JournalVerifier.verify(home, Optional.empty())).isInstanceOf(JournalVerifier.Intact.class);
    }

    @Test
    void an_interrupted_thread_writes_its_entry_and_keeps_its_interrupt() {
        try (FileJournal journal = open(home, 1)) {
            Thread.currentThread().interrupt();
            journal.append("test.entry", facts(1), null);
            journal.append("test.entry", facts(2), null);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(numbers(journal)).containsExactly(1L, 2L);
        }
    }

    @Test
    void later_changes_of_the_callers_nodes_do_not_reach_the_entry() {
        try (FileJournal journal = open(home)) {
            var facts = facts(1);
            Entry entry = journal.append("test.entry", facts, null);
            facts.put("update", 2);
            assertThat(entry.facts()).isEqualTo(facts(1));
        }
    }

    @Test
    void a_torn_last_line_is_dropped_and_reported_and_the_next_entry_takes_its_place() throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 3);
        }
        Path segment = home.resolve("journal-000001.jsonl");
        byte[] whole = Files.readAllBytes(segment);
        int lastLine = new String(whole).lastIndexOf("\n{") + 1;
        for (int cut : new int[] {lastLine + 1, lastLine + 80, whole.length - 1}) {
            Files.write(segment, java.util.Arrays.copyOf(whole, cut));
            try (FileJournal journal = open(home)) {
                assertThat(journal.droppedTail().orElseThrow())
                        .startsWith("Dropped " + (cut - lastLine) + " bytes at the end of ").contains("(line 3)");
                assertThat(journal.append("test.entry", facts(3), payload(3)).seq()).isEqualTo(3);
            }
            assertThat(Files.readAllBytes(segment)).isEqualTo(whole);
        }
    }

    @Test
    void zeros_that_a_power_cut_leaves_in_the_last_line_are_a_torn_line_too() throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 2);
        }
        Path segment = home.resolve("journal-000001.jsonl");
        byte[] bytes = Files.readAllBytes(segment);
        java.util.Arrays.fill(bytes, bytes.length - 40, bytes.length - 20, (byte) 0);
        Files.write(segment, bytes);
        try (FileJournal journal = open(home)) {
            assertThat(journal.droppedTail()).isPresent();
            assertThat(journal.head().seq()).isEqualTo(1);
        }
    }

    @Test
    void zeros_that_a_power_cut_leaves_in_what_was_added_at_once_drop_all_that_follows_them() throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 2);
            journal.append(together(3, Journal.AT_ONCE));
        }
        Path segment = home.resolve("journal-000001.jsonl");
        byte[] whole = Files.readAllBytes(segment);
        zeroIn(segment, whole, 3);
        try (FileJournal journal = open(home)) {
            assertThat(journal.droppedTail().orElseThrow()).contains("(line 3)");
            assertThat(journal.head().seq()).isEqualTo(2);
        }
        zeroIn(segment, whole, 5);
        try (FileJournal journal = open(home)) {
            assertThat(journal.head().seq()).as("the first of what was added at once").isEqualTo(4);
        }
        zeroIn(segment, whole, 2);
        assertThatThrownBy(() -> open(home)).as("what follows was added later")
                .isInstanceOf(JournalException.class).hasMessageContaining("line 2, entry 2");
    }

    @Test
    void zeros_in_an_entry_before_one_that_was_acknowledged_by_itself_are_damage() throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 3);
        }
        Path segment = home.resolve("journal-000001.jsonl");
        zeroIn(segment, Files.readAllBytes(segment), 2);
        assertThatThrownBy(() -> open(home)).isInstanceOf(JournalException.class).hasMessageContaining("line 2, entry 2");
    }

    private static void zeroIn(Path segment, byte[] whole, int line) throws IOException {
        int at = new String(whole).indexOf("\"seq\":" + line);
        byte[] broken = whole.clone();
        java.util.Arrays.fill(broken, at - 20, at - 10, (byte) 0);
        Files.write(segment, broken);
    }

    private static List<Journal.NewEntry> together(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> new Journal.NewEntry("test.entry", facts(number), payload(number))).toList();
    }

    @Test
    void entries_that_are_added_at_once_are_entries_like_others() throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 2);
            assertThat(journal.append(together(3, 4))).extracting(Entry::seq).containsExactly(3L, 4L, 5L, 6L);
            fill(journal, 1);
            assertThat(numbers(journal)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
            assertThat(journal.read(5).facts()).isEqualTo(facts(5));
            assertThatThrownBy(() -> journal.append(together(1, 5))).isInstanceOf(IllegalArgumentException.class);
        }
        try (FileJournal journal = open(home)) {
            assertThat(numbers(journal)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
    }

    @Test
    void a_crash_leaves_the_first_of_what_was_added_at_once() throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 1);
            journal.append(together(2, 2));
        }
        Path segment = home.resolve("journal-000001.jsonl");
        byte[] whole = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(whole, whole.length - 5));
        try (FileJournal journal = open(home)) {
            assertThat(numbers(journal)).containsExactly(1L, 2L);
        }
    }

    @Test
    void a_changed_last_line_is_not_taken_for_a_torn_one() throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 2);
        }
        replace(home.resolve("journal-000001.jsonl"), "{\"update\":2}", "{\"update\":7}");
        assertThatThrownBy(() -> open(home)).isInstanceOf(JournalException.class).hasMessageContainingAll(
                "journal-000001.jsonl, line 2, entry 2: the hash does not fit", "Restore this file from a backup");
    }

    @Test
    void damage_before_the_end_is_refused_by_file_and_line_and_opening_changes_nothing() throws IOException {
        try (FileJournal journal = open(home, 20_000)) {
            fill(journal, 200);
        }
        Path first = home.resolve("journal-000001.jsonl");
        byte[] whole = Files.readAllBytes(first);
        byte[] torn = java.util.Arrays.copyOf(whole, whole.length - 10);
        Files.write(first, torn);
        assertThatThrownBy(() -> open(home)).isInstanceOf(JournalException.class)
                .hasMessageMatching("(?s).*file journal-000001.jsonl, line \\d+, entry \\d+: the line does not end.*");
        assertThat(first).hasBinaryContent(torn);
        Files.write(first, whole);
        open(home).close();
    }

    @Test
    void a_missing_segment_is_refused_by_name() throws IOException {
        try (FileJournal journal = open(home, 20_000)) {
            fill(journal, 200);
        }
        Files.delete(home.resolve("journal-000002.jsonl"));
        assertThatThrownBy(() -> open(home)).isInstanceOf(JournalException.class)
                .hasMessageContainingAll("journal-000002.jsonl is missing", "restore it");
    }

    @Test
    void a_sidecar_that_is_missing_or_wrong_is_written_anew() throws IOException {
        try (FileJournal journal = open(home, 20_000)) {
            fill(journal, 200);
        }
        Path sidecar = home.resolve("journal-000001.sidecar.json");
        String right = Files.readString(sidecar);
        for (String wrong : new String[] {"", "not json", "{}", "[]", right.replaceFirst(",\"crc\":\\d+", ""), right.replace("\"before\":\"0:", "\"before\":\"1:"),
            right.replaceFirst("\"head\":\"\\d+:", "\"head\":\"3:"), right.replace("\"marks\":[0", "\"marks\":[7")}) {
            assertThat(wrong).isNotEqualTo(right);
            Files.writeString(sidecar, wrong);
            try (FileJournal journal = open(home, 20_000)) {
                assertThat(numbers(journal)).hasSize(200);
            }
            assertThat(sidecar).hasContent(right);
        }
        Files.delete(sidecar);
        open(home, 20_000).close();
        assertThat(sidecar).hasContent(right);
    }

    @Test
    void a_closed_segment_whose_end_was_changed_is_refused_though_its_size_still_fits() throws IOException {
        try (FileJournal journal = open(home, 20_000)) {
            fill(journal, 200);
        }
        Path first = home.resolve("journal-000001.jsonl");
        int last = Files.readAllLines(first).size();
        replace(first, "{\"update\":" + last + "}", "{\"update\":" + (last + 1) + "}");
        assertThatThrownBy(() -> open(home, 20_000)).isInstanceOf(JournalException.class)
                .hasMessageContaining("journal-000001.jsonl, line " + last + ", entry " + last + ": the hash does not fit");
    }

    @Test
    void the_second_opening_in_the_same_process_is_refused_and_does_not_break_the_first() {
        try (FileJournal journal = open(home)) {
            assertThatThrownBy(() -> open(home)).isInstanceOf(JournalException.class)
                    .hasMessageContainingAll(home.getFileName().toString(), "already open in this process");
            journal.append("test.entry", facts(1), null);
        }
        open(home).close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_directory_that_cannot_be_written_is_refused_clearly() {
        // Not even root can make files there.
        assertThatThrownBy(() -> open(Path.of("/proc/self/fdinfo"))).isInstanceOf(JournalException.class)
                .hasMessageContainingAll("/proc/self/fdinfo", "cannot be opened for writing", "write access");
        assertThatThrownBy(() -> open(Path.of("/proc/self/none/journal"))).isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot be opened for writing");
    }

    @Test
    void after_closing_every_call_says_that_it_is_closed() {
        FileJournal journal = open(home);
        fill(journal, 1);
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.append("test.entry", facts(1), null)).hasMessageContaining("is closed");
        assertThatThrownBy(() -> journal.read(1)).hasMessageContaining("is closed");
    }

    @Test
    void a_payload_that_retention_drops_leaves_facts_hashes_and_numbers_as_they_were() throws IOException {
        List<Entry> before;
        try (FileJournal journal = open(home, 20_000)) {
            fill(journal, 200);
            before = all(journal);
            long size = Files.size(home.resolve("journal-000001.jsonl"));
            long dropped = journal.dropPayloads(190, entry -> entry.seq() % 2 == 0);
            assertThat(dropped).isGreaterThan(50);
            assertThat(Files.size(home.resolve("journal-000001.jsonl"))).isLessThan(size);
            assertThat(journal.dropPayloads(190, entry -> entry.seq() % 2 == 0)).isZero();
            assertThat(journal.read(2).payload()).isEmpty();
            assertThat(journal.read(190).payload()).as("from there on all stay").isPresent();
            journal.append("test.entry", facts(201), null);
        }
        try (FileJournal journal = open(home, 20_000)) {
            List<Entry> after = all(journal);
            assertThat(after).hasSize(201);
            for (int i = 0; i < 200; i++) {
                assertThat(after.get(i).hash()).isEqualTo(before.get(i).hash());
                assertThat(after.get(i).facts()).isEqualTo(before.get(i).facts());
                assertThat(after.get(i).payloadDigest()).isEqualTo(before.get(i).payloadDigest());
                assertThat(journal.read(i + 1).seq()).isEqualTo(i + 1);
            }
            assertThat(after.get(1).payloadReplaced()).isTrue();
            assertThat(after.get(0).payload()).contains(payload(1));
        }
        assertThat(JournalVerifier.verify(home, Optional.of(before.get(199).anchor())))
                .isInstanceOfSatisfying(JournalVerifier.Intact.class,
                        intact -> assertThat(intact.replacedPayloads()).isGreaterThan(50));
        assertThat(files("*.tmp")).isEmpty();
    }

    @Test
    void what_a_crash_left_half_written_is_removed_at_the_next_opening() throws IOException {
        Files.writeString(home.resolve("journal-000001.jsonl.tmp"), "half");
        open(home).close();
        assertThat(files("*.tmp")).isEmpty();
    }

    private List<Path> files(String glob) {
        try (var files = Files.newDirectoryStream(home, glob)) {
            List<Path> list = new java.util.ArrayList<>();
            files.forEach(list::add);
            return list;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to), StandardOpenOption.TRUNCATE_EXISTING);
    }
}
