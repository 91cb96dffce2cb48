package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.regex.Pattern;

/**
 * The archives of bundles: files named by their own SHA-256 in one directory. What the bundles are called, and whose
 * they are, is in {@link Records}. Safe for many threads.
 */
public final class BundleFiles {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String ENDING = ".zip";

    private final Path directory;
    private final Predicate<String> needed;
    private final LongSupplier freeSpace;
    /** Digests that are between their file's arrival and their record: not to be deleted. */
    private final Map<String, Integer> claimed = new HashMap<>();

    /**
     * Opens the directory, making it where it does not exist, and removes what a crash left: half received archives, and
     * files that no record names.
     *
     * @param needed whether a record names this digest
     * @throws IOException when it cannot be written
     */
    public static BundleFiles open(Path directory, Predicate<String> needed) throws IOException {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "incoming-", Directories.UNFINISHED));
            Directories.removeUnfinished(directory);
        } catch (IOException e) {
            throw new IOException("The bundle directory " + directory.toAbsolutePath() + " cannot be written ("
                    + e + "): give the user that runs Jenkins write access to it, or choose another directory.", e);
        }
        Path real = directory.toRealPath();
        BundleFiles files = new BundleFiles(real, needed, () -> usableSpace(real));
        files.sweep();
        return files;
    }

    BundleFiles(Path directory, Predicate<String> needed, LongSupplier freeSpace) {
        this.directory = directory;
        this.needed = needed;
        this.freeSpace = freeSpace;
    }

    /**
     * Reads a whole archive onto the disk, computing its digest on the way.
     *
     * @param archive read to its end, not closed
     * @throws Refused when it does not fit
     * @throws IOException when reading or writing fails; nothing is left behind, as after every other failure
     */
    public IncomingBundle receive(InputStream archive, BundleLimits limits) throws IOException {
        limits.checkFreeSpace(freeSpace.getAsLong(), directory);
        return IncomingBundle.receive(this, archive, limits, freeSpace);
    }

    /**
     * The file of a bundle.
     *
     * @throws Refused when it is not there
     */
    public Path file(String sha256) {
        Path file = path(sha256);
        if (!Files.isRegularFile(file)) {
            throw new Refused(Refused.Reason.UNAVAILABLE, "The bundle file " + file
                    + " is missing: restore it from a backup or publish the bundle again.");
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
            throw Refused.conflict("The bundle file " + path(sha256) + " was changed on disk (its SHA-256 is now " + found
                    + "): restore it from a backup or publish the bundle again.");
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

    /**
     * Removes every file that no record names.
     *
     * @return how many files were removed
     */
    public int sweep() throws IOException {
        int removed = 0;
        for (String sha256 : digests()) {
            removed += delete(sha256) ? 1 : 0;
        }
        return removed;
    }

    private List<String> digests() throws IOException {
        List<String> digests = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "*" + ENDING)) {
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
    synchronized void claim(String sha256, Path complete) throws IOException {
        Directories.rename(complete, path(sha256));
        claimed.merge(sha256, 1, Integer::sum);
    }

    /** Gives up a claim; the file stays only where a record names it by now, or somebody else claims it. */
    synchronized void release(String sha256) throws IOException {
        claimed.computeIfPresent(sha256, (digest, count) -> count == 1 ? null : count - 1);
        delete(sha256);
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
            throw new java.io.UncheckedIOException("Cannot tell how much space is free in " + directory, e);
        }
    }
}
