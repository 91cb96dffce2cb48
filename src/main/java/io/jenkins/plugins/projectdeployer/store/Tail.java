package io.jenkins.plugins.projectdeployer.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The segment that is being written: it takes whole lines or nothing. Not for use by several threads at once. */
final class Tail implements Closeable {

    private static final Logger LOG = Logger.getLogger(Tail.class.getName());

    private final SegmentFile.Opener opener;
    private Segment segment;
    private SegmentFile file;
    private boolean failed;
    private String dropped;

    private Tail(SegmentFile.Opener opener, Segment segment, SegmentFile file) {
        this.opener = opener;
        this.segment = segment;
        this.file = file;
    }

    /** Begins a segment. */
    static Tail begin(Path path, Anchor before, SegmentFile.Opener opener) throws IOException {
        SegmentFile file = opener.open(path);
        try {
            if (file.length() > 0) {
                file.truncate(0);
            }
            Directories.sync(path.getParent());
            return new Tail(opener, Segment.empty(path, before), file);
        } catch (IOException e) {
            close(file);
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Goes on with a segment; cuts off what a crash left of an unfinished line. */
    static Tail load(Path path, Anchor before, SegmentFile.Opener opener) throws IOException, SegmentReader.Damage {
        SegmentFile file = opener.open(path);
        Tail tail = new Tail(opener, Segment.empty(path, before), file);
        try {
            tail.scan(path, before);
            return tail;
        } catch (IOException | SegmentReader.Damage | RuntimeException e) {
            close(file);
            throw e;
        }
    }

    private void scan(Path path, Anchor before) throws IOException, SegmentReader.Damage {
        long length = Files.size(path);
        try {
            segment = Segment.scan(path, before, length);
        } catch (SegmentReader.Damage e) {
            if (!e.torn) {
                throw e;
            }
            segment = Segment.scan(path, before, e.offset);
            file.truncate(e.offset);
            file.sync();
            dropped = "Dropped " + (length - e.offset) + " bytes at the end of " + path + " (line " + e.line
                    + "): what was being written when the controller stopped, and never took effect.";
            LOG.warning(dropped);
        }
    }

    /** What was cut off when the segment was loaded, as a sentence. */
    Optional<String> dropped() {
        return Optional.ofNullable(dropped);
    }

    Segment segment() {
        return segment;
    }

    /** Whether a write failed and {@link #reopen} has not succeeded since. */
    boolean failed() {
        return failed;
    }

    static int length(List<JournalLine.Written> lines) {
        return lines.stream().mapToInt(line -> line.bytes().length).sum();
    }

    /** Adds lines; when it fails, nothing of them is left, or what is left is cut off by {@link #reopen}. */
    void write(List<JournalLine.Written> lines) throws IOException {
        if (failed) {
            throw new IOException("an earlier write failed");
        }
        boolean done = false;
        try {
            file.write(segment.bytes(), bytes(lines));
            file.sync();
            done = true;
        } finally {
            if (!done) {
                failed = true;
                undo();
            }
        }
        for (JournalLine.Written line : lines) {
            segment = segment.with(line.entry().anchor(), line.bytes().length);
        }
    }

    private static byte[] bytes(List<JournalLine.Written> lines) {
        ByteBuffer bytes = ByteBuffer.allocate(length(lines));
        lines.forEach(line -> bytes.put(line.bytes()));
        return bytes.array();
    }

    /** Leaves the next opening nothing of a line that was reported as failed. */
    private void undo() {
        try {
            file.truncate(segment.bytes());
            file.sync();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Could not cut " + segment.path() + " back to " + segment.bytes()
                    + " bytes after a failed write; it is tried again before the next entry.", e);
        }
    }

    /** Opens the file anew and cuts off what a failed write may have left. */
    void reopen() throws IOException {
        SegmentFile fresh = opener.open(segment.path());
        try {
            if (fresh.length() < segment.bytes()) {
                throw new IOException("the file lost entries: it has " + fresh.length() + " bytes instead of "
                        + segment.bytes());
            }
            fresh.truncate(segment.bytes());
            fresh.sync();
        } catch (IOException e) {
            close(fresh);
            throw e;
        }
        close(file);
        file = fresh;
        failed = false;
    }

    @Override
    public void close() {
        close(file);
    }

    private static void close(SegmentFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // Every entry in it was synced when it was written.
            LOG.log(Level.FINE, "Could not close a journal file", e);
        }
    }
}
