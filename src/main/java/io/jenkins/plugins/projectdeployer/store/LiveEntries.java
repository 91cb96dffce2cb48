package io.jenkins.plugins.projectdeployer.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which entries make up the present state: for each thing, under a name of ours, the entry that says the latest of it.
 * Applying them in order gives the same state as applying the whole journal.
 */
final class LiveEntries {

    private final Map<String, Long> latest = new HashMap<>();
    private final Map<Long, long[]> ofOpenUpdates = new HashMap<>();

    private static String name(String... parts) {
        return String.join("\0", parts);
    }

    void put(long seq, String... name) {
        latest.put(name(name), seq);
    }

    void remove(String... name) {
        latest.remove(name(name));
    }

    /** An open update needs all of its entries. */
    void addOfUpdate(long number, long seq) {
        ofOpenUpdates.merge(number, new long[] {seq}, (before, one) -> {
            long[] all = Arrays.copyOf(before, before.length + 1);
            all[before.length] = one[0];
            return all;
        });
    }

    /** Those of an open update, in rising order. */
    long[] ofUpdate(long number) {
        return ofOpenUpdates.getOrDefault(number, new long[0]);
    }

    /** An ended one needs none. */
    void endUpdate(long number) {
        ofOpenUpdates.remove(number);
    }

    /** In rising order, each once. */
    long[] sorted() {
        long[] all = new long[latest.size() + ofOpenUpdates.values().stream().mapToInt(seqs -> seqs.length).sum()];
        int filled = 0;
        for (long seq : latest.values()) {
            all[filled++] = seq;
        }
        for (long[] seqs : ofOpenUpdates.values()) {
            System.arraycopy(seqs, 0, all, filled, seqs.length);
            filled += seqs.length;
        }
        return Arrays.stream(all).sorted().distinct().toArray();
    }
}
