package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * An archive that is complete on disk and belongs to nobody yet. Look into it, then {@link #keep()} it and write its
 * record; closing removes it again unless a record names it by then.
 */
public final class IncomingBundle implements Closeable {

    private static final int CHUNK = 1 << 16;
    /** How often the disk is asked for its free space: each 8 MiB. */
    private static final int ASK_EVERY = 8 << 20;

    private final BundleFiles files;
    private final Path unfinished;
    private final String sha256;
    private final long size;
    private boolean kept;
    private boolean closed;

    private IncomingBundle(BundleFiles files, Path unfinished, String sha256, long size) {
        this.files = files;
        this.unfinished = unfinished;
        this.sha256 = sha256;
        this.size = size;
    }

    static IncomingBundle receive(
            BundleFiles files, InputStream archive, BundleLimits limits, LongSupplier freeSpace, UnfinishedFile.Opener opener)
            throws IOException {
        try (UnfinishedFile file = UnfinishedFile.in(files.directory(), opener)) {
            MessageDigest digest = Digests.sha256();
            byte[] buffer = new byte[CHUNK];
            long size = 0;
            long asked = 0;
            for (int count = archive.read(buffer); count >= 0; count = archive.read(buffer)) {
                size += count;
                limits.checkQuota(size);
                if (size - asked >= ASK_EVERY) {
                    limits.checkFreeSpace(freeSpace.getAsLong());
                    asked = size;
                }
                file.write(buffer, count);
                digest.update(buffer, 0, count);
            }
            limits.checkFreeSpace(freeSpace.getAsLong());
            file.complete();
            return new IncomingBundle(files, file.path(), HexFormat.of().formatHex(digest.digest()), size);
        }
    }

    /** SHA-256, lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Bytes. */
    public long size() {
        return size;
    }

    /** Looks into it; see {@link BundleReader#read}. */
    public BundleContents read(String projectKey, String bundleId) throws IOException {
        return BundleReader.read(kept ? files.file(sha256) : unfinished, projectKey, bundleId);
    }

    /**
     * Puts the file under its digest, durably. Until this is closed nobody deletes it.
     *
     * @throws Refused when the directory cannot be written
     */
    public void keep() {
        if (!kept && !closed) {
            files.claim(sha256, unfinished);
            kept = true;
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (kept) {
            files.release(sha256);
        } else {
            Files.deleteIfExists(unfinished);
        }
    }
}
