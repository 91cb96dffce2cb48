package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the journal's tests share: a fixed clock and small entries. */
final class JournalFixture {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:15:30.123456Z"), ZoneOffset.UTC);

    private JournalFixture() {}

    /** A clock that is one second later each time it is read. */
    static Clock ticking() {
        AtomicLong seconds = new AtomicLong();
        return new Clock() {
            @Override
            public Instant instant() {
                return CLOCK.instant().plusSeconds(seconds.incrementAndGet());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    static FileJournal open(Path directory) {
        return FileJournal.open(directory, CLOCK);
    }

    static FileJournal open(Path directory, long segmentBytes) {
        return FileJournal.open(directory, CLOCK, segmentBytes, SegmentFile::onDisk);
    }

    static ObjectNode facts(int number) {
        return JsonNodeFactory.instance.objectNode().put("update", number);
    }

    static ObjectNode payload(int number) {
        return JsonNodeFactory.instance.objectNode().put("text", "line one\nline two of " + number);
    }

    static void fill(Journal journal, int entries) {
        for (int i = 1; i <= entries; i++) {
            journal.append("test.entry", facts(i), payload(i));
        }
    }

    static List<Entry> all(Journal journal) {
        List<Entry> entries = new ArrayList<>();
        journal.replay(entries::add);
        return entries;
    }

    static List<Long> numbers(Journal journal) {
        return all(journal).stream().map(Entry::seq).toList();
    }
}
