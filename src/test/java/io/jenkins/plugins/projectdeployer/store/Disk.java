package io.jenkins.plugins.projectdeployer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The disk under a journal; what it still takes is set by the test. */
public final class Disk implements SegmentFile.Opener {
    volatile long room = Long.MAX_VALUE;
    boolean syncs = true;
    boolean truncates = true;
    boolean opens = true;
    final AtomicInteger unsynced = new AtomicInteger();
    final AtomicInteger timesSynced = new AtomicInteger();

    /** A journal on this disk. */
    public FileJournal journal(Path directory, Clock clock) {
        return FileJournal.open(directory, clock, FileJournal.SEGMENT_BYTES, this);
    }

    /** Takes nothing more. */
    public void fill() {
        room = 0;
    }

    /** Takes as much as comes. */
    public void makeRoom() {
        room = Long.MAX_VALUE;
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        if (!opens) {
            throw new IOException("Input/output error");
        }
        SegmentFile real = SegmentFile.onDisk(file);
        return new SegmentFile() {
            @Override
            public long length() throws IOException {
                return real.length();
            }

            @Override
            public void write(long offset, byte[] bytes) throws IOException {
                int fits = (int) Math.min(room, bytes.length);
                real.write(offset, Arrays.copyOf(bytes, fits));
                unsynced.addAndGet(fits);
                room -= fits;
                if (fits < bytes.length) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void sync() throws IOException {
                if (!syncs) {
                    throw new IOException("Input/output error");
                }
                real.sync();
                unsynced.set(0);
                timesSynced.incrementAndGet();
            }

            @Override
            public void truncate(long length) throws IOException {
                if (!truncates) {
                    throw new IOException("Input/output error");
                }
                real.truncate(length);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
