package io.jenkins.plugins.projectdeployer.store;

import java.io.IOException;
import java.io.FileOutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes changes of a directory's names durable, and keeps other users of the machine out. */
final class Directories {

    /** Ending of files that were being written; left behind only by a crash, removed at the next opening. */
    static final String UNFINISHED = ".tmp";

    private static final Logger LOG = Logger.getLogger(Directories.class.getName());
    private static final Set<PosixFilePermission> OWNER_ENTERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_WRITES = PosixFilePermissions.fromString("rw-------");

    private Directories() {}

    /**
     * Makes a directory where there is none, and takes from others what they may do in it and with its files. Journal
     * and bundles tell what nodes run and who may do what; where the file system knows no such rights, the directory's
     * own rules hold.
     *
     * @throws IOException when the directory cannot be made or listed
     */
    static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        restrict(directory, OWNER_ENTERS);
        try (var files = Files.newDirectoryStream(directory, file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))) {
            for (Path file : files) {
                restrict(file, OWNER_WRITES);
            }
        }
    }

    /** Opens a file for writing from its start; nobody else can read it. */
    static FileOutputStream create(Path file) throws IOException {
        FileOutputStream out = new FileOutputStream(file.toFile());
        restrict(file, OWNER_WRITES);
        return out;
    }

    /** Leaves a new file to its owner alone. */
    static void restrict(Path file) {
        restrict(file, OWNER_WRITES);
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        try {
            if (view != null && !view.readAttributes().permissions().equals(permissions)) {
                view.setPermissions(permissions);
            }
        } catch (IOException e) {
            // Whoever owns it has chosen its rights; the records are worth more than these.
            LOG.log(Level.WARNING, "Could not keep other users out of " + path, e);
        }
    }

    /** Puts new content in the place of a file: whoever reads it sees the old one or the new one, whole. */
    static void replace(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileOutputStream out = create(unfinished)) {
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
