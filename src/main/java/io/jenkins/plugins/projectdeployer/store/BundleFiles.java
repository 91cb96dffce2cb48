package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * The archives of bundles: files named by their own SHA-256 in one directory, which belongs to one journal. What the
 * bundles are called, and whose they are, is in {@link Records}. Safe for many threads.
 *
 * <p>A file is deleted only when the journal itself says that its bundles were. One that the journal does not know, as
 * after an older copy of the journal was restored, is set aside, and comes back when a record names it again.
 */
public final class BundleFiles implements Closeable {

    /** The journal that the directory belongs to. */
    static final String OWNER = "journal-id";
    /** Where files go that no record has ever named. */
    static final String ASIDE = "unknown";

    private static final Logger LOG = Logger.getLogger(BundleFiles.class.getName());
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String ENDING = ".zip";

    private final Path directory;
    private final Predicate<String> needed;
    private final LongSupplier freeSpace;
    private final UnfinishedFile.Opener opener;
    private final Closeable lock;
    /** Digests that are between their file's arrival and their record: not to be deleted. */
    private final Map<String, Integer> claimed = new HashMap<>();

    /**
     * Opens the directory, making it where it does not exist. Removes half received archives and files of deleted
     * bundles; sets aside files that no record has ever named.
     *
     * @param journalId which journal it belongs to
     * @param needed whether a record names this digest
     * @param deleted whether all records that named it were deleted
     * @throws IOException when it cannot be written
     * @throws JournalException when it is in use, or belongs to another journal
     */
    public static BundleFiles open(Path directory, String journalId, Predicate<String> needed, Predicate<String> deleted)
            throws IOException {
        DirectoryLock lock = null;
        try {
            Directories.makePrivate(directory);
            Path real = directory.toRealPath();
            lock = DirectoryLock.take(real, "bundle directory");
            bind(real, journalId);
            Directories.removeUnfinished(real);
            BundleFiles files = new BundleFiles(real, needed, () -> usableSpace(real), Directories::create, lock);
            files.takeBack();
            files.sweep(deleted);
            return files;
        } catch (IOException e) {
            release(lock);
            throw new IOException("The bundle directory " + directory.toAbsolutePath() + " cannot be written ("
                    + e + "): give the user that runs Jenkins write access to it, or choose another directory.", e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** Another journal would take this one's bundles for files that nobody needs. */
    private static void bind(Path directory, String journalId) throws IOException {
        Path file = directory.resolve(OWNER);
        if (!Files.exists(file)) {
            Directories.replace(file, (journalId + "\n").getBytes(StandardCharsets.US_ASCII));
        } else if (!Files.readString(file, StandardCharsets.ISO_8859_1).strip().equals(journalId)) {
            throw new JournalException("The bundle directory " + directory + " belongs to another journal: choose another"
                    + " directory, restore the journal of these bundles, or delete " + file
                    + " to have its bundles set aside and go on without them.");
        }
    }

    BundleFiles(
            Path directory, Predicate<String> needed, LongSupplier freeSpace, UnfinishedFile.Opener opener, Closeable lock) {
        this.directory = directory;
        this.needed = needed;
        this.freeSpace = freeSpace;
        this.opener = opener;
        this.lock = lock;
    }

    /**
     * Reads a whole archive onto the disk, computing its digest on the way.
     *
     * @param archive read to its end, not closed
     * @throws Refused when it does not fit or cannot be written
     * @throws IOException when reading fails; nothing is left behind, as after every other failure
     */
    public IncomingBundle receive(InputStream archive, BundleLimits limits) throws IOException {
        limits.checkFreeSpace(freeSpace.getAsLong());
        return IncomingBundle.receive(this, archive, limits, freeSpace, opener);
    }

    /**
     * The file of a bundle.
     *
     * @throws Refused when it is not there
     */
    public Path file(String sha256) {
        Path file = path(sha256);
        if (!Files.isRegularFile(file)) {
            LOG.log(Level.WARNING, "The bundle file {0} is missing", file);
            throw new Refused(Refused.Reason.UNAVAILABLE, "The file of the bundle (SHA-256 " + sha256
                    + ") is missing on the controller: restore it from a backup or publish the bundle again.");
        }
        return file;
    }

    /** Its length in bytes. */
    public long size(String sha256) throws IOException {
        return Files.size(file(sha256));
    }

    /** Its content, from the start. */
    public InputStream read(String sha256) throws IOException {
        return Files.newInputStream(file(sha256));
    }

    /**
     * Reads the file again and compares its digest.
     *
     * @throws Refused when the file is missing or no longer what was published
     */
    public void verify(String sha256) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = read(sha256)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(sha256)) {
            LOG.log(Level.WARNING, "The bundle file {0} was changed on disk: its SHA-256 is now {1}", new Object[] {path(sha256), found});
            throw Refused.conflict("The file of the bundle (SHA-256 " + sha256 + ") was changed on the controller's disk (it is now "
                    + found + "): restore it from a backup or publish the bundle again.");
        }
    }

    /**
     * Removes a file, unless a record names it or somebody is about to write such a record.
     *
     * @return whether a file was removed
     */
    public synchronized boolean delete(String sha256) throws IOException {
        if (claimed.containsKey(sha256) || needed.test(sha256)) {
            return false;
        }
        boolean deleted = Files.deleteIfExists(path(sha256));
        if (deleted) {
            Directories.sync(directory);
        }
        return deleted;
    }

    private void sweep(Predicate<String> deleted) throws IOException {
        int aside = 0;
        for (String sha256 : digests(directory)) {
            if (deleted.test(sha256)) {
                delete(sha256);
            } else if (!needed.test(sha256)) {
                Directories.makePrivate(directory.resolve(ASIDE));
                Directories.rename(path(sha256), aside(sha256));
                aside++;
            }
        }
        if (aside > 0) {
            Directories.sync(directory);
            LOG.warning(aside + " bundle files in " + directory + " are in no record of the journal; they were moved to "
                    + directory.resolve(ASIDE) + ". Delete them there once it is sure that the journal is the right one.");
        }
    }

    /** A journal that was restored from a newer backup knows again what an older one did not. */
    private void takeBack() throws IOException {
        if (Files.isDirectory(directory.resolve(ASIDE))) {
            for (String sha256 : digests(directory.resolve(ASIDE))) {
                if (needed.test(sha256) && !Files.exists(path(sha256))) {
                    Directories.rename(aside(sha256), path(sha256));
                }
            }
        }
    }

    private static List<String> digests(Path in) throws IOException {
        List<String> digests = new ArrayList<>();
        try (var files = Files.newDirectoryStream(in, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String digest = name.substring(0, name.length() - ENDING.length());
                if (DIGEST.matcher(digest).matches()) {
                    digests.add(digest);
                }
            }
        }
        return digests;
    }

    Path directory() {
        return directory;
    }

    /** Puts the file in its place, also over one that is there: that one may have been damaged. */
    synchronized void claim(String sha256, Path complete) {
        try {
            Directories.rename(complete, path(sha256));
        } catch (IOException e) {
            throw UnfinishedFile.cannotBeWritten(complete, e);
        }
        claimed.merge(sha256, 1, Integer::sum);
    }

    /** Gives up a claim; the file stays only where a record names it by now, or somebody else claims it. */
    synchronized void release(String sha256) throws IOException {
        claimed.computeIfPresent(sha256, (digest, count) -> count == 1 ? null : count - 1);
        delete(sha256);
    }

    /** Lets another process have the directory. */
    @Override
    public void close() {
        release(lock);
    }

    private static void release(Closeable held) {
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Could not release the bundle directory's lock", e);
        }
    }

    private Path aside(String sha256) {
        return directory.resolve(ASIDE).resolve(sha256 + ENDING);
    }

    private Path path(String sha256) {
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException("No SHA-256: " + sha256);
        }
        return directory.resolve(sha256 + ENDING);
    }

    private static long usableSpace(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw UnfinishedFile.cannotBeWritten(directory, e);
        }
    }
}
