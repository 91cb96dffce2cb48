package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Updates, as the journal has them: open ones whole, ended ones as the number of the entry that has them, so that
 * millions of them can be there.
 */
final class UpdateTable {

    private final TreeMap<Long, Update> open = new TreeMap<>();
    private KeyIndex keys = new KeyIndex();
    private final Map<String, Numbers> byDeployment = new HashMap<>();
    /** By update number: the entry that ended it; 0 while it is open. */
    private PerUpdate endedAt = new PerUpdate();
    /** By update number: hash of the digest of the bundle that its end says has arrived somewhere. */
    private PerUpdate sent = new PerUpdate();
    private long last;

    /** What a {@link Checkpoint} keeps: all but the open updates, which come from their entries. */
    record Image(long last, PerUpdate endedAt, PerUpdate sent, KeyIndex keys, Map<String, int[]> byDeployment) {

        static Image read(DataInputStream in, long fileLength) throws IOException {
            long last = in.readLong();
            PerUpdate endedAt = PerUpdate.read(in, fileLength);
            PerUpdate sent = PerUpdate.read(in, fileLength);
            KeyIndex keys = KeyIndex.read(in, fileLength);
            Map<String, int[]> byDeployment = new HashMap<>();
            for (int left = Checkpoint.count(in, fileLength, Integer.BYTES); left > 0; left--) {
                byDeployment.put(in.readUTF(), Checkpoint.ints(in, fileLength));
            }
            return new Image(last, endedAt, sent, keys, byDeployment);
        }
    }

    synchronized void write(DataOutputStream out) throws IOException {
        out.writeLong(last);
        endedAt.write(out, last);
        sent.write(out, last);
        keys.write(out);
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
        sent = image.sent();
        keys = image.keys();
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
                values = Arrays.copyOf(values, size + size / 2 + 1);
            }
            int at = size;
            while (at > 0 && values[at - 1] > number) {
                values[at] = values[at - 1];
                at--;
            }
            values[at] = number;
            size++;
        }

        IntStream all() {
            return Arrays.stream(values, 0, size);
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
        endedAt.set(number, Math.toIntExact(seq));
        open.remove(number);
    }

    /** The end of this update says where the bundle of this digest has arrived from its deployment. */
    synchronized void sent(long number, String sha256) {
        sent.set(number, sha256.hashCode());
    }

    /** Whether the end of this update says that a bundle has arrived from its deployment somewhere. */
    synchronized boolean hasSent(long number) {
        return sent.get(number) != 0;
    }

    /** Entries that may say where the bundle of this digest has arrived from this deployment, the newest first. */
    synchronized List<Long> sayWhereSent(String deploymentId, String sha256) {
        Numbers numbers = byDeployment.getOrDefault(DeploymentTable.key(deploymentId), new Numbers());
        return numbers.all().filter(number -> sent.get(number) == sha256.hashCode())
                .mapToObj(this::endedAt)
                .sorted(Comparator.reverseOrder())
                .toList();
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
        return endedAt.get(number);
    }

    /** Numbers of updates that may have this key; nearly always one at most. */
    synchronized int[] withKey(String key) {
        return keys.find(key);
    }

    /** The newest one before this number that had or wanted a deployment of this id; 0 when there is none. */
    synchronized long before(String deploymentId, long number) {
        Numbers numbers = byDeployment.get(DeploymentTable.key(deploymentId));
        int count = numbers == null ? 0 : numbers.countBefore(number);
        return count == 0 ? 0 : numbers.values[count - 1];
    }
}
