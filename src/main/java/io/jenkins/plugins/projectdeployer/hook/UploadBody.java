package io.jenkins.plugins.projectdeployer.hook;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The body of a request that the hook sends piece by piece; holds two pieces at most, so a slow node slows the hook. */
final class UploadBody extends InputStream {
    private static final byte[] END = new byte[0];

    private final ArrayBlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(2);
    private volatile boolean finished;
    private volatile boolean broken;
    private byte[] piece = new byte[0];
    private int at;

    /** Waits for room; false when nobody reads any more. */
    boolean write(byte[] bytes) throws InterruptedException {
        return bytes.length == 0 || offer(bytes);
    }

    /** The body is complete. */
    void end() throws InterruptedException {
        offer(END);
    }

    /** Nobody reads any more: writers need not wait. */
    void finishReading() {
        finished = true;
    }

    /** The hook is gone: the reader must not take what came for the whole. */
    void breakOff() {
        broken = true;
    }

    private boolean offer(byte[] bytes) throws InterruptedException {
        while (!finished && !broken) {
            if (pieces.offer(bytes, 20, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(count, piece.length - at);
        System.arraycopy(piece, at, into, from, n);
        at += n;
        return n;
    }

    private boolean fill() throws IOException {
        try {
            while (at == piece.length && piece != END) {
                if (broken) {
                    throw new IOException("The hook ended before its upload was complete");
                }
                byte[] next = pieces.poll(20, TimeUnit.MILLISECONDS);
                if (next != null) {
                    piece = next;
                    at = 0;
                }
            }
            return piece != END;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the hook's upload", e);
        }
    }
}
