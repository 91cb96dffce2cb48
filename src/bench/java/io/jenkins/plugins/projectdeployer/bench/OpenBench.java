package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.store.FileJournal;
import io.jenkins.plugins.projectdeployer.store.JournalRecords;
import io.jenkins.plugins.projectdeployer.store.LargeJournal;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What it takes to open the store with 10,000 deployments and 1,000,000 updates. The peer reads all files of the same
 * directory, in turns in the same run. Must reach: at most 3 times the peer; less than 100 MiB of heap for what is kept.
 * {@code -Dopen.updates=200000} makes it smaller, {@code -Dopen.directory=...} keeps the journal for the next run.
 */
public final class OpenBench {

    private static final int DEPLOYMENTS = 10_000;
    private static final int ROUNDS = 5;

    private OpenBench() {}

    public static void main(String[] args) throws IOException {
        int updates = Integer.getInteger("open.updates", 1_000_000);
        String kept = System.getProperty("open.directory");
        Path directory = kept == null ? Files.createTempDirectory("open-bench") : Path.of(kept);
        if (!Files.exists(directory.resolve("journal-000001.jsonl"))) {
            long start = System.nanoTime();
            LargeJournal.write(directory, DEPLOYMENTS, updates);
            System.out.printf(Locale.ROOT, "open: a journal of %d updates written in %.0f s%n", updates, (System.nanoTime() - start) / 1e9);
        }
        measure(directory, updates);
        if (kept == null) {
            delete(directory);
        }
    }

    private static void measure(Path directory, int updates) throws IOException {
        long[] reading = new long[ROUNDS];
        long[] opening = new long[ROUNDS];
        long bytes = read(directory);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            read(directory);
            reading[round] = System.nanoTime() - start;
            start = System.nanoTime();
            try (FileJournal journal = FileJournal.open(directory, Clock.systemUTC()); JournalRecords records = JournalRecords.open(journal)) {
                opening[round] = System.nanoTime() - start;
                requireAll(records, updates);
            }
        }
        long before = heap();
        long kept;
        try (FileJournal journal = FileJournal.open(directory, Clock.systemUTC()); JournalRecords records = JournalRecords.open(journal)) {
            kept = heap() - before;
            requireAll(records, updates);
        }
        double peer = median(reading);
        double open = median(opening);
        System.out.printf(Locale.ROOT, "open: %d updates, %.0f MiB: %.0f ms; reading the same bytes %.0f ms%n",
                updates, bytes / 1048576.0, open, peer);
        Limit.atMost(3, "open, against reading the same bytes", open / peer);
        Limit.atMost(100, "MiB of heap for the records, opened", kept / 1048576.0);
    }

    private static void requireAll(JournalRecords records, int updates) {
        if (records.update(updates).isEmpty() || !records.openUpdates().isEmpty() || records.deployments().size() < DEPLOYMENTS) {
            throw new IllegalStateException("this is not the journal that was written");
        }
    }

    private static long read(Path directory) throws IOException {
        byte[] buffer = new byte[1 << 18];
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                        bytes += read;
                    }
                }
            }
        }
        return bytes;
    }

    /** Bytes in use after collecting. */
    static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Milliseconds. */
    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
