package io.jenkins.plugins.projectdeployer.store;

import static io.jenkins.plugins.projectdeployer.store.JournalFixture.fill;
import static io.jenkins.plugins.projectdeployer.store.JournalFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifierTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void the_command_says_intact_and_gives_the_anchor_for_next_time(@TempDir Path home) {
        Anchor head = write(home, 3);
        assertThat(command(home.toString())).isZero();
        assertThat(out.toString()).startsWith("intact " + head).contains("no anchor given");
        out.reset();
        assertThat(command("--expect", head.toString(), home.toString())).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("intact " + head);
    }

    @Test
    void the_command_works_while_the_journal_is_in_use_and_leaves_an_unfinished_line_alone(@TempDir Path home)
            throws IOException {
        try (FileJournal journal = open(home)) {
            fill(journal, 2);
            Path segment = home.resolve("journal-000001.jsonl");
            Files.writeString(segment, "{\"hash\":\"12", java.nio.file.StandardOpenOption.APPEND);
            long size = Files.size(segment);
            assertThat(command(home.toString())).isZero();
            assertThat(out.toString()).startsWith("intact " + journal.head()).contains("one unfinished line");
            assertThat(Files.size(segment)).isEqualTo(size);
        }
    }

    @Test
    void a_changed_fact_is_found_at_its_line(@TempDir Path home) throws IOException {
        write(home, 5);
        FileJournalTest.replace(home.resolve("journal-000001.jsonl"), "{\"update\":3}", "{\"update\":9}");
        assertThat(command(home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("broken at file journal-000001.jsonl, line 3, entry 3: the hash does not fit");
    }

    @Test
    void an_entry_that_was_written_anew_with_a_hash_that_fits_is_found_at_the_next_one(@TempDir Path home) throws Exception {
        write(home, 5);
        Path segment = home.resolve("journal-000001.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(segment));
        Entry second = JournalLine.read(lines.get(1).getBytes(StandardCharsets.UTF_8), 0, lines.get(1).length());
        JournalLine.Written forged =
                JournalLine.write(second.anchor(), second.at(), "test.entry", JournalFixture.facts(9), null);
        lines.set(2, new String(forged.bytes(), StandardCharsets.UTF_8).stripTrailing());
        Files.writeString(segment, String.join("\n", lines) + "\n");
        assertThat(command(home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("line 4, entry 4: it does not continue the entry before");
    }

    @Test
    void a_changed_payload_is_found_though_it_stands_outside_the_hash(@TempDir Path home) throws IOException {
        write(home, 5);
        FileJournalTest.replace(home.resolve("journal-000001.jsonl"), "line two of 4", "line two of 5");
        assertThat(command(home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("line 4, entry 4: the payload does not fit its digest");
    }

    @Test
    void text_that_was_added_to_a_line_is_found(@TempDir Path home) throws IOException {
        write(home, 1);
        Path segment = home.resolve("journal-000001.jsonl");
        String line = Files.readString(segment).stripTrailing();
        String withoutPayload = line.substring(0, line.indexOf(",\"payload\":"));
        for (String changed : new String[] {line + " ", line + "}", line + "{\"more\":1}", withoutPayload + "} ",
            withoutPayload + ",\"more\":1}", withoutPayload + ",\"payload\":", withoutPayload + ",\"payload\":}",
            withoutPayload}) {
            Files.writeString(segment, changed + "\n");
            assertThat(command(home.toString())).as(changed).isEqualTo(1);
        }
    }

    @Test
    void a_removed_entry_is_found(@TempDir Path home) throws IOException {
        write(home, 5);
        Path segment = home.resolve("journal-000001.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(segment));
        lines.remove(2);
        Files.writeString(segment, String.join("\n", lines) + "\n");
        assertThat(command(home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("line 3, entry 3: expected entry 3 but this is entry 4");
    }

    @Test
    void entries_removed_at_the_end_are_found_by_the_anchor_alone(@TempDir Path home) throws IOException {
        Anchor head = write(home, 5);
        Path segment = home.resolve("journal-000001.jsonl");
        Files.writeString(segment, String.join("\n", Files.readAllLines(segment).subList(0, 3)) + "\n");
        assertThat(command(home.toString())).isZero();
        assertThat(command("--expect", head.toString(), home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("the anchor names entry 5 but the newest is 3: entries were removed");
    }

    @Test
    void a_history_written_anew_as_a_whole_is_found_by_the_anchor(@TempDir Path home, @TempDir Path forged) {
        Anchor head = write(home, 5);
        try (FileJournal journal = open(forged)) {
            journal.append("test.entry", JournalFixture.facts(1), null);
            fill(journal, 9);
        }
        assertThat(command(forged.toString())).isZero();
        out.reset();
        assertThat(command("--expect", head.toString(), forged.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("entry 5", "was replaced");
    }

    @Test
    void a_later_history_still_fits_an_old_anchor(@TempDir Path home) {
        Anchor old = write(home, 2);
        write(home, 5);
        assertThat(command("--expect", old.toString(), home.toString())).isZero();
    }

    @Test
    void what_cannot_be_checked_is_exit_code_2_or_1_and_never_0(@TempDir Path home) {
        assertThat(command()).isEqualTo(2);
        assertThat(command("--expect", "12", home.toString())).isEqualTo(2);
        assertThat(command("--help")).isEqualTo(2);
        assertThat(command(home.resolve("none").toString())).isEqualTo(2);
        assertThat(command(home.toString())).isEqualTo(1);
    }

    private static Anchor write(Path home, int entries) {
        try (FileJournal journal = open(home)) {
            fill(journal, entries);
            return journal.head();
        }
    }

    private int command(String... args) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return VerifyAudit.run(args, print, print);
    }
}
