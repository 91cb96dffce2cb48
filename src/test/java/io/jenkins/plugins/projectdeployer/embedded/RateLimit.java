package io.jenkins.plugins.projectdeployer.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Bytes per second that all uploads to a node share. */
final class RateLimit {
    /** Shorter waits are saved up, and time overslept counts as served: sleeping is too coarse for single reads. */
    private static final long GRAIN = TimeUnit.MILLISECONDS.toNanos(20);

    private final double bytesPerNano;
    private long nextFree = System.nanoTime();

    RateLimit(long bytesPerSecond) {
        bytesPerNano = bytesPerSecond / 1e9;
    }

    private void take(int bytes) throws IOException {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            nextFree = Math.max(nextFree, now - GRAIN) + (long) (bytes / bytesPerNano);
            wait = nextFree - now;
        }
        if (wait < GRAIN) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the node was stopped");
        }
    }

    InputStream limit(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                take(1);
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = in.read(bytes, offset, Math.min(length, 64 << 10));
                if (read > 0) {
                    take(read);
                }
                return read;
            }
        };
    }
}
