package io.jenkins.plugins.projectdeployer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {

    private final List<Long> given = new ArrayList<>();

    @Test
    void entries_come_in_their_order_each_once_and_to_the_thread_that_asked() {
        Journal journal = filled(new CountingJournal(), 5_000);
        long[] everyOther = LongStream.rangeClosed(1, 2_500).map(i -> i * 2).toArray();
        Thread asking = Thread.currentThread();

        ReadAhead.replay(journal, everyOther, entry -> {
            assertThat(Thread.currentThread()).isSameAs(asking);
            given.add(entry.seq());
        });

        assertThat(given).containsExactly(LongStream.of(everyOther).boxed().toArray(Long[]::new));
        ReadAhead.replay(journal, new long[0], entry -> given.add(-1L));
        assertThat(given).doesNotContain(-1L);
    }

    @Test
    void what_the_journal_says_of_an_entry_that_cannot_be_read_reaches_the_caller(@TempDir Path home) {
        try (FileJournal journal = JournalFixture.open(home)) {
            filled(journal, 3);
            assertThatThrownBy(() -> ReadAhead.replay(journal, new long[] {2, 3, 4}, entry -> given.add(entry.seq())))
                    .isInstanceOf(JournalException.class).hasMessageContaining("has no entry 4");
        }
        assertThat(given).isEmpty();
    }

    private static Journal filled(Journal journal, int entries) {
        for (int i = 0; i < entries; i++) {
            journal.append("audit.test", EntryJson.facts().put("i", i), null);
        }
        return journal;
    }
}
