package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An archive while it is received. What the controller's own disk refuses is said in one sentence for whoever sends, who has
 * no part in it; where the disk is, the log says. Closing removes the file unless it is complete.
 */
final class UnfinishedFile implements Closeable {

    private static final Logger LOG = Logger.getLogger(UnfinishedFile.class.getName());

    /** The seam where tests let a disk fill up. */
    interface Opener {
        FileOutputStream open(Path file) throws IOException;
    }

    private final Path path;
    private final FileOutputStream out;
    private boolean complete;

    private UnfinishedFile(Path path, FileOutputStream out) {
        this.path = path;
        this.out = out;
    }

    /**
     * A new file in this directory.
     *
     * @throws Refused when the directory cannot be written
     */
    static UnfinishedFile in(Path directory, Opener opener) {
        try {
            Path path = Files.createTempFile(directory, "incoming-", Directories.UNFINISHED);
            try {
                return new UnfinishedFile(path, opener.open(path));
            } catch (IOException e) {
                Files.deleteIfExists(path);
                throw e;
            }
        } catch (IOException e) {
            throw cannotBeWritten(directory, e);
        }
    }

    Path path() {
        return path;
    }

    void write(byte[] buffer, int count) {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw cannotBeWritten(path, e);
        }
    }

    /** It is whole, and durable. */
    void complete() {
        try {
            out.getFD().sync();
            out.close();
            complete = true;
        } catch (IOException e) {
            throw cannotBeWritten(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!complete) {
            try {
                out.close();
            } finally {
                Files.deleteIfExists(path);
            }
        }
    }

    /** What to tell whoever sends an archive that this controller cannot keep. */
    static Refused cannotBeWritten(Path where, IOException e) {
        LOG.log(Level.WARNING, "The bundle directory cannot be written: " + where, e);
        return new Refused(Refused.Reason.UNAVAILABLE, "The bundle was not kept: the controller's directory for bundles cannot be"
                + " written (" + reason(e) + "); have an administrator make room or repair it, then publish the bundle again.");
    }

    /** Without the path, which is the administrators' matter. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is gone";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return said == null || said.indexOf('/') >= 0 || said.indexOf('\\') >= 0 ? "the controller's log says why" : said;
    }
}
