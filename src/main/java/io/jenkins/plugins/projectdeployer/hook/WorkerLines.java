package io.jenkins.plugins.projectdeployer.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Takes a worker's protocol stream apart: lines with the prefix are messages, all else is the hook's output. A child of
 * the hook may print into the same stream, so the prefix counts wherever it stands in a line. Holds one line at most,
 * and never more of it than {@link #LONGEST}.
 */
final class WorkerLines {
    /** Bytes of one line; the largest that an honest worker sends is a message of 64 KiB, escaped. */
    static final int LONGEST = 1 << 20;

    private final byte[] prefix;
    private final HookOutput output;
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private ByteArrayOutputStream line = new ByteArrayOutputStream();

    WorkerLines(byte[] prefix, HookOutput output) {
        this.prefix = prefix;
        this.output = output;
    }

    /**
     * Takes what has arrived.
     *
     * @throws IOException when a message is longer than {@link #LONGEST}
     */
    void take(byte[] bytes, int length) throws IOException {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i - start);
                endLine();
                start = i + 1;
            }
        }
        append(bytes, start, length - start);
    }

    /** The next message without its prefix, or null. */
    byte[] poll() {
        return messages.poll();
    }

    /** What stands in the last line counts as output: a message ends with a line end. */
    void end() {
        output.take(line.toByteArray(), line.size());
        line = new ByteArrayOutputStream();
    }

    private void append(byte[] bytes, int start, int count) throws IOException {
        if (line.size() + count > LONGEST) {
            byte[] begun = line.toByteArray();
            if (indexOfPrefix(begun, begun.length) >= 0) {
                throw new IOException("a message longer than " + LONGEST + " bytes");
            }
            // Output without line ends: passed on, but for as much as may be the beginning of a prefix.
            int keep = Math.min(begun.length, prefix.length - 1);
            output.take(begun, begun.length - keep);
            line = new ByteArrayOutputStream();
            line.write(begun, begun.length - keep, keep);
        }
        line.write(bytes, start, count);
    }

    private void endLine() {
        byte[] whole = line.toByteArray();
        line.reset();
        int at = indexOfPrefix(whole, whole.length);
        if (at >= 0) {
            output.take(whole, at);
            messages.add(Arrays.copyOfRange(whole, at + prefix.length, whole.length));
        } else if (whole.length > 0) {
            output.take(whole, whole.length);
            output.take(new byte[] {'\n'}, 1);
        }
    }

    private int indexOfPrefix(byte[] bytes, int length) {
        for (int i = 0; i + prefix.length <= length; i++) {
            if (Arrays.equals(bytes, i, i + prefix.length, prefix, 0, prefix.length)) {
                return i;
            }
        }
        return -1;
    }
}
