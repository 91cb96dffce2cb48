package io.jenkins.plugins.projectdeployer.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/** The process that {@link JournalKillTest} kills: appends from three threads, prints each number it was given. */
final class JournalWriter {

    private JournalWriter() {}

    public static void main(String[] args) {
        FileJournal journal =
                FileJournal.open(Path.of(args[0]), Clock.systemUTC(), 50_000, SegmentFile::onDisk);
        System.out.println("open");
        AtomicInteger number = new AtomicInteger();
        for (int thread = 0; thread < 3; thread++) {
            new Thread(() -> {
                while (true) {
                    int n = number.incrementAndGet();
                    Entry entry = journal.append("test.entry", JournalFixture.facts(n), JournalFixture.payload(n));
                    System.out.println(entry.anchor());
                }
            }).start();
        }
    }
}
