package io.jenkins.plugins.projectdeployer.node.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/** Does not let a download stall, and marks what the network throws, so that it can be told from what a reader's own file throws. */
final class WireStream extends FilterInputStream {

    /** A failure of the network, wherever a reader may have wrapped it. */
    static final class WireException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        WireException(IOException cause) {
            super(cause);
        }

        IOException wire() {
            return (IOException) getCause();
        }
    }

    private final Attempt attempt;

    WireStream(InputStream in, Attempt attempt) {
        super(in);
        this.attempt = attempt;
    }

    @Override
    public int read() throws IOException {
        try {
            return attempt.withoutStalling(in::read);
        } catch (IOException e) {
            throw marked(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        try {
            return attempt.withoutStalling(() -> in.read(into, offset, count));
        } catch (IOException e) {
            throw marked(e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return attempt.withoutStalling(() -> in.skip(count));
        } catch (IOException e) {
            throw marked(e);
        }
    }

    private WireException marked(IOException e) {
        return new WireException(e);
    }
}
