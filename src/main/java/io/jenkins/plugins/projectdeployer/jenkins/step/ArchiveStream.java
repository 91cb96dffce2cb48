package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.FilePath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An archive on its way from an agent. It tells trouble with reading it from trouble with what is done with it, and takes no
 * early end for the end: whoever reads from an agent that is cut off may see one.
 */
final class ArchiveStream extends FilterInputStream {

    private final long length;
    private long count;

    /** Reading failed. */
    static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        private Unreadable(String problem, IOException cause) {
            super(problem, cause);
        }
    }

    /** @param length what there is at least, in bytes */
    ArchiveStream(InputStream in, long length) {
        super(in);
        this.length = length;
    }

    /** Opens a file on an agent, which is closed by whoever closes this: nothing is open where it fails. */
    static ArchiveStream of(FilePath file) throws IOException, InterruptedException {
        long length = file.length();
        return new ArchiveStream(file.read(), length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int size) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, size);
        } catch (IOException e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        }
        if (read < 0 && count < length) {
            throw new Unreadable(Messages.ArchiveStream_short(count, length), null);
        }
        count += Math.max(read, 0);
        return read;
    }
}
