package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Updates, as the journal has them: open ones whole, ended ones as the number of the entry that has them, so that
 * millions of them can be there.
 */
final class UpdateTable {

    private final TreeMap<Long, Update> open = new TreeMap<>();
    private KeyIndex keys = new KeyIndex();
    /** From a deployment and a digest to the last of its updates that says where that bundle has arrived. */
    private KeyIndex sent = new KeyIndex();
    private final Map<String, Numbers> byDeployment = new HashMap<>();
    /** By update number: the entry that ended it; 0 while it is open. */
    private long[] endedAt = new long[64];
    private long last;

    /** What a {@link Checkpoint} keeps: all but the open updates, which come from their entries. */
    record Image(long last, long[] endedAt, KeyIndex keys, KeyIndex sent, Map<String, int[]> byDeployment) {

        static Image read(DataInputStream in, long fileLength) throws IOException {
            long last = in.readLong();
            long[] endedAt = Checkpoint.longs(in, fileLength);
            KeyIndex keys = KeyIndex.read(in, fileLength);
            KeyIndex sent = KeyIndex.read(in, fileLength);
            Map<String, int[]> byDeployment = new HashMap<>();
            for (int left = Checkpoint.count(in, fileLength, Integer.BYTES); left > 0; left--) {
                byDeployment.put(in.readUTF(), Checkpoint.ints(in, fileLength));
            }
            return new Image(last, endedAt, keys, sent, byDeployment);
        }
    }

    synchronized void write(DataOutputStream out) throws IOException {
        out.writeLong(last);
        out.writeInt((int) last + 1);
        for (int i = 0; i <= last; i++) {
            out.writeLong(endedAt(i));
        }
        keys.write(out);
        sent.write(out);
        out.writeInt(byDeployment.size());
        for (Map.Entry<String, Numbers> entry : byDeployment.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().size);
            for (int i = 0; i < entry.getValue().size; i++) {
                out.writeInt(entry.getValue().values[i]);
            }
        }
    }

    /** Puts an empty table where {@link #write} left one. */
    synchronized void restore(Image image) {
        last = image.last();
        endedAt = image.endedAt();
        keys = image.keys();
        sent = image.sent();
        image.byDeployment().forEach((id, numbers) -> byDeployment.put(id, new Numbers(numbers)));
    }

    /** Update numbers in rising order. */
    private static final class Numbers {
        private int[] values;
        private int size;

        Numbers(int... values) {
            this.values = values.length == 0 ? new int[4] : values;
            this.size = values.length;
        }

        void add(int number) {
            if (Arrays.binarySearch(values, 0, size, number) >= 0) {
                return;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            int at = size;
            while (at > 0 && values[at - 1] > number) {
                values[at] = values[at - 1];
                at--;
            }
            values[at] = number;
            size++;
        }

        int countBefore(long number) {
            if (number > Integer.MAX_VALUE) {
                return size;
            }
            int at = Arrays.binarySearch(values, 0, size, (int) number);
            return at >= 0 ? at : -at - 1;
        }

        void remove(int number) {
            int at = Arrays.binarySearch(values, 0, size, number);
            if (at >= 0) {
                System.arraycopy(values, at + 1, values, at, size - at - 1);
                size--;
            }
        }
    }

    /** The number that the next update gets. */
    synchronized long next() {
        return last + 1;
    }

    synchronized void put(Update update) {
        Update before = open.put(update.number(), update);
        if (update.number() > last) {
            last = update.number();
            keys.add(update.request().key(), (int) update.number());
        }
        String was = before == null ? null : before.deploymentId();
        if (was != null && !was.equals(update.deploymentId())) {
            byDeployment.get(DeploymentTable.key(was)).remove((int) update.number());
        }
        if (update.deploymentId() != null) {
            byDeployment.computeIfAbsent(DeploymentTable.key(update.deploymentId()), id -> new Numbers())
                    .add((int) update.number());
        }
    }

    synchronized void end(long number, long seq) {
        if (number >= endedAt.length) {
            endedAt = Arrays.copyOf(endedAt, (int) Math.max(number + 1, endedAt.length + (endedAt.length >> 1)));
        }
        endedAt[(int) number] = seq;
        open.remove(number);
    }

    /** An ended update says where the bundle of this digest has arrived from its deployment. */
    synchronized void sent(String deploymentId, String sha256, long number) {
        // Entries of the present state come again after a checkpoint, older ones too.
        if (endedAt(number) >= lastSent(deploymentId, sha256)) {
            sent.replace(sentKey(deploymentId, sha256), (int) number);
        }
    }

    /** The entry that says it last, if nobody else's key has the same hash; 0 when there is none. */
    synchronized long lastSent(String deploymentId, String sha256) {
        int[] found = sent.find(sentKey(deploymentId, sha256));
        return found.length == 0 ? 0 : endedAt(found[0]);
    }

    private static String sentKey(String deploymentId, String sha256) {
        return DeploymentTable.key(deploymentId) + "\0" + sha256;
    }

    /** Updates whose last entry comes before this one. */
    synchronized BitSet endedBefore(long seq) {
        BitSet ended = new BitSet();
        for (int number = 1; number <= last; number++) {
            if (endedAt(number) != 0 && endedAt(number) < seq) {
                ended.set(number);
            }
        }
        return ended;
    }

    synchronized Optional<Update> open(long number) {
        return Optional.ofNullable(open.get(number));
    }

    synchronized List<Update> open() {
        return List.copyOf(open.values());
    }

    /** The entry that ended this update; 0 when there is none. */
    synchronized long endedAt(long number) {
        return number < 1 || number >= endedAt.length ? 0 : endedAt[(int) number];
    }

    /** Numbers of updates that may have this key; nearly always one at most. */
    synchronized int[] withKey(String key) {
        return keys.find(key);
    }

    /** Those before this number, newest first. */
    synchronized List<Long> numbers(String deploymentId, long before, int limit) {
        Numbers numbers = byDeployment.get(DeploymentTable.key(deploymentId));
        List<Long> newest = new ArrayList<>();
        for (int i = numbers == null ? 0 : numbers.countBefore(before); i > 0 && newest.size() < limit; i--) {
            newest.add((long) numbers.values[i - 1]);
        }
        return newest;
    }
}
