package io.jenkins.plugins.projectdeployer.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the entries of one segment in order and checks that each continues the one before. */
final class SegmentReader implements Closeable {

    private static final int CHUNK = 256 << 10;

    private final Path path;
    private final RandomAccessFile file;
    private final long end;
    private byte[] buffer;
    private int from;
    private int filled;
    private long offset;
    private long nextOffset;
    private long line;
    private int lineEnd;
    /** The entry before; -1 when it is not known. */
    private long seq = -1;
    private String hash;

    /** A line that does not continue the chain; {@code torn} when it is what a crash leaves of an unfinished write. */
    static final class Damage extends Exception {
        private static final long serialVersionUID = 1L;

        final transient Path path;
        final long line;
        final long offset;
        final long seq;
        final boolean torn;

        Damage(Path path, long line, long offset, long seq, boolean torn, String what) {
            super(what);
            this.path = path;
            this.line = line;
            this.offset = offset;
            this.seq = seq;
            this.torn = torn;
        }

        String where() {
            return "file " + path.getFileName() + ", line " + line + ", entry " + seq;
        }
    }

    /**
     * @param head what the first entry read must continue; null to take the first one as it is
     * @param offset where a line begins
     * @param end where to stop reading; the file may be longer by now
     */
    SegmentReader(Path path, Anchor head, long offset, long end) throws IOException {
        this(path, head, offset, end, CHUNK);
    }

    /** @param chunk how much is read at once: little, where few entries are wanted */
    SegmentReader(Path path, Anchor head, long offset, long end, int chunk) throws IOException {
        this.path = path;
        this.buffer = new byte[chunk];
        if (head != null) {
            seq = head.seq();
            hash = head.head();
        }
        this.offset = offset;
        this.nextOffset = offset;
        this.end = end;
        this.file = new RandomAccessFile(path.toFile(), "r");
        try {
            file.seek(offset);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The next entry, or null at the end. */
    Entry next() throws IOException, Damage {
        from += (int) (nextOffset - offset);
        offset = nextOffset;
        int newline = findNewline();
        if (newline < 0) {
            if (from == filled) {
                return null;
            }
            line++;
            boolean tooLong = filled - from >= JournalLine.MAX_BYTES;
            throw damage(!tooLong, tooLong ? "the line is longer than an entry can be" : "the line does not end");
        }
        line++;
        lineEnd = newline;
        Entry entry;
        try {
            entry = JournalLine.read(buffer, from, newline);
        } catch (JournalLine.Malformed e) {
            // A block that never reached the disk before a power cut reads as zeros; later blocks may have reached it.
            long place = offset;
            boolean torn = containsZero(newline) && onlyAddedAtOnceFollow(newline);
            offset = place;
            throw damage(torn, e.getMessage());
        }
        if (seq >= 0 && entry.seq() != seq + 1) {
            throw damage(false, "expected entry " + (seq + 1) + " but this is entry " + entry.seq());
        }
        if (seq >= 0 && !entry.previous().equals(hash)) {
            throw damage(false, "it does not continue the entry before");
        }
        seq = entry.seq();
        hash = entry.hash();
        nextOffset = offset + (newline + 1 - from);
        return entry;
    }

    /** The entry after that many lines; null when there are not so many. */
    Entry nextAfter(long lines) throws IOException, Damage {
        skip(lines);
        return next();
    }

    /** Leaves out lines without looking at them; the next entry is taken as it is. */
    void skip(long lines) throws IOException {
        for (long i = 0; i < lines; i++) {
            from += (int) (nextOffset - offset);
            offset = nextOffset;
            int newline = findNewline();
            if (newline < 0) {
                return;
            }
            line++;
            nextOffset = offset + (newline + 1 - from);
            seq = -1;
        }
    }

    /** Goes to where a line begins; the next entry is taken as it is. */
    void seek(long to) throws IOException {
        file.seek(to);
        offset = to;
        nextOffset = to;
        from = 0;
        filled = 0;
        seq = -1;
    }

    /** Where the entry last read begins. */
    long offset() {
        return offset;
    }

    /** Where the next entry begins. */
    long nextOffset() {
        return nextOffset;
    }

    /** The entry last read, or what was given at the start; null after going elsewhere. */
    Anchor head() {
        return seq < 0 ? null : new Anchor(seq, hash);
    }

    byte[] lineWithoutPayload(Entry entry) {
        return JournalLine.withoutPayload(entry, buffer, from, lineEnd);
    }

    byte[] line() {
        return Arrays.copyOfRange(buffer, from, lineEnd + 1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private int findNewline() throws IOException {
        int searched = from;
        while (true) {
            for (; searched < filled; searched++) {
                if (buffer[searched] == '\n') {
                    return searched;
                }
            }
            int kept = filled - from;
            System.arraycopy(buffer, from, buffer, 0, kept);
            from = 0;
            filled = kept;
            searched = kept;
            if (filled == buffer.length) {
                if (buffer.length >= JournalLine.MAX_BYTES) {
                    return -1;
                }
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            long left = end - offset - kept;
            int read = left <= 0 ? -1 : file.read(buffer, filled, (int) Math.min(left, buffer.length - filled));
            if (read <= 0) {
                return -1;
            }
            filled += read;
        }
    }

    /** Whether nothing follows that was acknowledged by itself: only what was added at once with the line that ends here. */
    private boolean onlyAddedAtOnceFollow(int newline) throws IOException {
        int with = -1;
        int next = newline;
        while (true) {
            offset += next + 1 - from;
            from = next + 1;
            next = findNewline();
            if (next < 0) {
                return true;
            }
            try {
                int before = JournalLine.with(buffer, from, next);
                if (before == 0 || with >= 0 && before != with + 1) {
                    return false;
                }
                with = before;
            } catch (JournalLine.Malformed e) {
                return false;
            }
        }
    }

    private boolean containsZero(int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private Damage damage(boolean torn, String what) {
        return new Damage(path, line, offset, seq < 0 ? -1 : seq + 1, torn, what);
    }
}
