package io.jenkins.plugins.projectdeployer.store;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which entries make up the present state: for each thing, under a name of ours, the entry that says the latest of it.
 * Applying them in order gives the same state as applying the whole journal.
 */
final class LiveEntries {

    /** By names that begin with what nobody knows, so that nobody makes a name up that takes another's place here. */
    private final KeyIndex latest = new KeyIndex();
    private final String unknown = Long.toHexString(new SecureRandom().nextLong());
    private final Map<Long, long[]> ofOpenUpdates = new HashMap<>();

    private String name(String... parts) {
        return unknown + "\0" + String.join("\0", parts);
    }

    void put(long seq, String... name) {
        latest.replace(name(name), Math.toIntExact(seq));
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
        return LongStream.concat(latest.numbers().asLongStream(), ofOpenUpdates.values().stream().flatMapToLong(Arrays::stream))
                .sorted().distinct().toArray();
    }
}
