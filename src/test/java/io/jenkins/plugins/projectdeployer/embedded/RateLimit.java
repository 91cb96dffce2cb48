package io.jenkins.plugins.projectdeployer.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Bytes per second that all uploads to a node share. */
final class RateLimit {
    private final double bytesPerNano;
    private long nextFree = System.nanoTime();

    RateLimit(long bytesPerSecond) {
        bytesPerNano = bytesPerSecond / 1e9;
    }

    private void take(int bytes) throws IOException {
        long until;
        synchronized (this) {
            until = Math.max(nextFree, System.nanoTime()) + (long) (bytes / bytesPerNano);
            nextFree = until;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
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
