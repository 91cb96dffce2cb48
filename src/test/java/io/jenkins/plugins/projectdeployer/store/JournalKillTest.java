package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes (kill -9), and one that keeps a second one out. */
class JournalKillTest {

    private static final int THREADS = 3;

    @TempDir
    Path home;

    @Test
    void every_acknowledged_entry_is_there_after_a_kill_and_at_most_one_more_per_writer() throws Exception {
        Random random = new Random();
        long before = 0;
        for (int round = 0; round < 6; round++) {
            List<Anchor> acknowledged = writeAndKill(20 + random.nextInt(400));
            try (FileJournal journal = JournalFixture.open(home, 50_000)) {
                for (Anchor anchor : acknowledged) {
                    assertThat(journal.read(anchor.seq()).hash()).isEqualTo(anchor.head());
                }
                // Each thread may have been killed between its fsync and its print.
                assertThat(journal.head().seq()).isBetween(
                        before + acknowledged.size(), before + acknowledged.size() + THREADS);
                before = journal.head().seq();
                assertThat(JournalVerifier.verify(home, Optional.of(journal.head())))
                        .isInstanceOf(JournalVerifier.Intact.class);
            }
        }
    }

    @Test
    void a_second_process_is_refused_by_the_pid_of_the_first() throws Exception {
        Process writer = start();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> JournalFixture.open(home)).isInstanceOf(JournalException.class)
                    .hasMessageContainingAll("is in use by another process (pid " + writer.pid() + ")");
        } finally {
            writer.destroyForcibly().waitFor();
        }
        JournalFixture.open(home).close();
    }

    private List<Anchor> writeAndKill(int afterLines) throws Exception {
        Process writer = start();
        List<Anchor> acknowledged = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("open");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("\\d+:[0-9a-f]{64}")) {
                    acknowledged.add(Anchor.parse(line));
                }
                if (acknowledged.size() == afterLines) {
                    // By its handle: Process.destroyForcibly would also close what is left to read.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(afterLines);
        return acknowledged;
    }

    private Process start() throws Exception {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                JournalWriter.class.getName(), home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
