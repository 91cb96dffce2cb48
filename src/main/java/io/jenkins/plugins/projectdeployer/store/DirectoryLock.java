package io.jenkins.plugins.projectdeployer.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps a second process, and a second opening in this one, away from a directory. */
final class DirectoryLock implements Closeable {

    private static final Logger LOG = Logger.getLogger(DirectoryLock.class.getName());

    /** Held here: POSIX drops a process' lock when it closes any handle of the file, so it is opened once only. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * @param what the directory is, as a message calls it
     * @throws JournalException when another holds it
     * @throws IOException when the lock file cannot be written
     */
    static DirectoryLock take(Path directory, String what) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new JournalException("The " + what + " " + real + " is already open in this process (pid "
                    + ProcessHandle.current().pid() + "): close it first.");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(real.resolve("lock"), StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE);
            Directories.restrict(real.resolve("lock"));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new JournalException("The " + what + " " + real + " is in use by another process ("
                        + holder(channel) + "): only one controller may write it; stop the other one first.");
            }
            sign(channel);
            return new DirectoryLock(real, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(real);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }

    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(("pid " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            // The lock holds without a name in it; a full disk must not keep anybody from reading the history.
            LOG.log(Level.FINE, "Could not write the pid into " + channel, e);
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(100);
        channel.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        return holder.matches("pid \\d+") ? holder : "its pid is not known";
    }
}
