package io.jenkins.plugins.projectdeployer.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** From a request's key to the numbers of updates that may have it, in 12 bytes each: by the key's hash alone. */
final class KeyIndex {

    private long[] hashes;
    private int[] numbers;
    private int size;

    KeyIndex() {
        this(64);
    }

    private KeyIndex(int slots) {
        hashes = new long[slots];
        numbers = new int[slots];
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(numbers.length);
        out.writeInt(size);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                out.writeLong(hashes[i]);
            }
        }
        out.writeInt(size);
        for (int number : numbers) {
            if (number != 0) {
                out.writeInt(number);
            }
        }
    }

    static KeyIndex read(DataInputStream in, long fileLength) throws IOException {
        int slots = in.readInt();
        long[] hashes = Checkpoint.longs(in, fileLength);
        int[] numbers = Checkpoint.ints(in, fileLength);
        if (Integer.bitCount(slots) != 1 || slots < 64 || slots <= hashes.length || slots / 64 > fileLength
                || numbers.length != hashes.length) {
            throw new IOException("a size makes no sense");
        }
        KeyIndex index = new KeyIndex(slots);
        for (index.size = 0; index.size < hashes.length; index.size++) {
            index.put(hashes[index.size], numbers[index.size]);
        }
        return index;
    }

    /** @param number from 1 */
    void add(String key, int number) {
        if (size * 4L >= hashes.length * 3L) {
            grow();
        }
        put(hash(key), number);
        size++;
    }

    /** Gives the key this number alone. */
    void replace(String key, int number) {
        long hash = hash(key);
        for (int at = slot(hash); numbers[at] != 0; at = (at + 1) & (numbers.length - 1)) {
            if (hashes[at] == hash) {
                numbers[at] = number;
                return;
            }
        }
        add(key, number);
    }

    /** Numbers whose key has the same hash; compare the keys. */
    int[] find(String key) {
        long hash = hash(key);
        int[] found = new int[0];
        for (int at = slot(hash); numbers[at] != 0; at = (at + 1) & (numbers.length - 1)) {
            if (hashes[at] == hash) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = numbers[at];
            }
        }
        return found;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[oldHashes.length * 2];
        numbers = new int[oldNumbers.length * 2];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != 0) {
                put(oldHashes[i], oldNumbers[i]);
            }
        }
    }

    private void put(long hash, int number) {
        int at = slot(hash);
        while (numbers[at] != 0) {
            at = (at + 1) & (numbers.length - 1);
        }
        hashes[at] = hash;
        numbers[at] = number;
    }

    private int slot(long hash) {
        return (int) (hash >>> 32 ^ hash) & (numbers.length - 1);
    }

    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        // FNV leaves its low bits alike for alike keys; spread them.
        hash ^= hash >>> 32;
        hash *= 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 29;
    }
}
