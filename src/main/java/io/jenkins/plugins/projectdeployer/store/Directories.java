package io.jenkins.plugins.projectdeployer.store;

import java.io.IOException;
import java.io.FileOutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Makes changes of a directory's names durable. */
final class Directories {

    /** Ending of files that were being written; left behind only by a crash, removed at the next opening. */
    static final String UNFINISHED = ".tmp";

    private Directories() {}

    /** Puts new content in the place of a file: whoever reads it sees the old one or the new one, whole. */
    static void replace(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
            out.write(content);
            out.getFD().sync();
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        rename(unfinished, file);
    }

    /** Renames within a directory, durably. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(to.getParent());
    }

    /**
     * Makes the names in a directory durable, also when the thread is interrupted. Windows does so by itself and
     * cannot open a directory.
     */
    static void sync(Path directory) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void removeUnfinished(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
