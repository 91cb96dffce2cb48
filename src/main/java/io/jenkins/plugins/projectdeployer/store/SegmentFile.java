package io.jenkins.plugins.projectdeployer.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The file that entries are added to: the seam where tests let disks fill up and fail.
 *
 * <p>The disk's own implementation is no {@code FileChannel}: a channel closes itself when the writing thread is
 * interrupted, and threads of builds are.
 */
interface SegmentFile extends Closeable {

    long length() throws IOException;

    /** Adds bytes at {@code offset}, which is the end. */
    void write(long offset, byte[] bytes) throws IOException;

    /** Returns when all bytes and the length are on stable storage. */
    void sync() throws IOException;

    void truncate(long length) throws IOException;

    /** Opens a file for adding, creating it where it does not exist. */
    interface Opener {
        SegmentFile open(Path file) throws IOException;
    }

    static SegmentFile onDisk(Path file) throws IOException {
        RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw");
        Directories.restrict(file);
        return new SegmentFile() {
            @Override
            public long length() throws IOException {
                return disk.length();
            }

            @Override
            public void write(long offset, byte[] bytes) throws IOException {
                disk.seek(offset);
                disk.write(bytes);
            }

            @Override
            public void sync() throws IOException {
                disk.getFD().sync();
            }

            @Override
            public void truncate(long length) throws IOException {
                disk.setLength(length);
            }

            @Override
            public void close() throws IOException {
                disk.close();
            }
        };
    }
}
