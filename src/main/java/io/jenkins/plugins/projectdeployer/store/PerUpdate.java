package io.jenkins.plugins.projectdeployer.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A number for each update, in four bytes; 0 where none was given. */
final class PerUpdate {

    private int[] values;

    PerUpdate() {
        this(new int[64]);
    }

    private PerUpdate(int[] values) {
        this.values = values;
    }

    static PerUpdate read(DataInputStream in, long fileLength) throws IOException {
        return new PerUpdate(Checkpoint.ints(in, fileLength));
    }

    /** @param last number of an update: those of later ones are left out */
    void write(DataOutputStream out, long last) throws IOException {
        out.writeInt((int) last + 1);
        for (int update = 0; update <= last; update++) {
            out.writeInt(get(update));
        }
    }

    int get(long update) {
        return update < 0 || update >= values.length ? 0 : values[(int) update];
    }

    void set(long update, int value) {
        if (update >= values.length) {
            values = Arrays.copyOf(values, (int) update + 1 + values.length / 4);
        }
        values[(int) update] = value;
    }
}
