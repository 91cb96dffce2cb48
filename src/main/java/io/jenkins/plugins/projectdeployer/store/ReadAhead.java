package io.jenkins.plugins.projectdeployer.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Reads entries, their facts too, in another thread while those before are taken over: each takes about as long. */
final class ReadAhead {

    private static final int CHUNK = 1_000;

    private ReadAhead() {}

    /** The same as {@link Journal#replay(long[], Consumer)}, in this thread as far as the consumer sees. */
    static void replay(Journal journal, long[] seqs, Consumer<Entry> consumer) {
        CompletableFuture<List<Entry>> ahead = read(journal, seqs, 0);
        for (int from = 0; from < seqs.length; from += CHUNK) {
            List<Entry> entries = join(ahead);
            ahead = read(journal, seqs, from + CHUNK);
            entries.forEach(consumer);
        }
    }

    private static CompletableFuture<List<Entry>> read(Journal journal, long[] seqs, int from) {
        long[] some = Arrays.copyOfRange(seqs, Math.min(from, seqs.length), Math.min(from + CHUNK, seqs.length));
        return CompletableFuture.supplyAsync(() -> {
            List<Entry> entries = new ArrayList<>(some.length);
            journal.replay(some, entry -> {
                entry.facts();
                entries.add(entry);
            });
            return entries;
        });
    }

    private static List<Entry> join(CompletableFuture<List<Entry>> ahead) {
        try {
            return ahead.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof JournalException damage ? damage : e;
        }
    }
}
