package io.jenkins.plugins.projectdeployer.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * From a text to the numbers that may be its own, in 18 bytes each however long it is: by 64 bits of its SHA-256 alone.
 */
final class KeyIndex {

    /** In a slot that something was removed from; the search for others goes on behind it. */
    private static final int GONE = -1;

    private long[] hashes;
    private int[] numbers;
    /** Slots that are not free, those included that something was removed from. */
    private int used;

    KeyIndex() {
        this(0);
    }

    private KeyIndex(int expected) {
        allocate(expected);
    }

    private void allocate(int expected) {
        int slots = Math.addExact(expected, expected / 2 + 32);
        hashes = new long[slots];
        numbers = new int[slots];
        used = 0;
    }

    void write(DataOutputStream out) throws IOException {
        int size = (int) numbers().count();
        out.writeInt(size);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] > 0) {
                out.writeLong(hashes[i]);
            }
        }
        out.writeInt(size);
        for (int number : numbers) {
            if (number > 0) {
                out.writeInt(number);
            }
        }
    }

    static KeyIndex read(DataInputStream in, long fileLength) throws IOException {
        long[] hashes = Checkpoint.longs(in, fileLength);
        int[] numbers = Checkpoint.ints(in, fileLength);
        if (numbers.length != hashes.length) {
            throw new IOException("sizes do not fit");
        }
        KeyIndex index = new KeyIndex(hashes.length);
        for (int i = 0; i < hashes.length; i++) {
            index.put(hashes[i], numbers[i]);
        }
        return index;
    }

    /** @param number from 1 */
    void add(String key, int number) {
        add(hash(key), number);
    }

    private void add(long hash, int number) {
        if (used >= numbers.length - numbers.length / 4) {
            grow();
        }
        put(hash, number);
    }

    /** Gives the key this number alone. */
    void replace(String key, int number) {
        long hash = hash(key);
        int at = find(hash, slot(hash));
        if (numbers[at] == 0) {
            add(hash, number);
        } else {
            numbers[at] = number;
        }
    }

    /** Takes from the key the number that {@link #replace} gave it. */
    void remove(String key) {
        long hash = hash(key);
        int at = find(hash, slot(hash));
        if (numbers[at] != 0) {
            numbers[at] = GONE;
        }
    }

    /** Numbers whose key has the same hash; compare the keys. */
    int[] find(String key) {
        long hash = hash(key);
        int[] found = new int[0];
        for (int at = find(hash, slot(hash)); numbers[at] != 0; at = find(hash, next(at))) {
            found = Arrays.copyOf(found, found.length + 1);
            found[found.length - 1] = numbers[at];
        }
        return found;
    }

    /** All numbers, in no order. */
    IntStream numbers() {
        return Arrays.stream(numbers).filter(number -> number > 0);
    }

    /** The next slot from there on that has this hash and a number, or else is free. */
    private int find(long hash, int from) {
        int at = from;
        while (numbers[at] != 0 && (hashes[at] != hash || numbers[at] == GONE)) {
            at = next(at);
        }
        return at;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        allocate((int) numbers().count());
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] > 0) {
                put(oldHashes[i], oldNumbers[i]);
            }
        }
    }

    private void put(long hash, int number) {
        int at = slot(hash);
        while (numbers[at] != 0) {
            at = next(at);
        }
        hashes[at] = hash;
        numbers[at] = number;
        used++;
    }

    private int slot(long hash) {
        return (int) ((hash >>> 32) * numbers.length >>> 32);
    }

    private int next(int slot) {
        return slot + 1 == numbers.length ? 0 : slot + 1;
    }

    private static long hash(String key) {
        return ByteBuffer.wrap(Digests.sha256().digest(key.getBytes(UTF_8))).getLong();
    }
}
