package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A file as the one part {@code file} of a multipart body, as Dataiku's own client sends it. Its length is announced
 * (nodes are not known to take chunked uploads); it is read while it is sent, so its size does not matter to memory.
 *
 * <p>Where the connection is a plain one, the operating system moves the file from disk to socket by itself, which
 * costs a tenth of the processor time: see {@link #sendOver}.
 */
final class UploadBody extends RequestBody {

    private static final int CHUNK = 64 * 1024;
    private static final long REPORT_EVERY = 1024 * 1024;

    private final NodeRequest.Upload upload;
    private final Attempt attempt;
    private final MediaType type;
    private final byte[] head;
    private final byte[] tail;
    private final long length;
    private ChannelSocket socket;

    UploadBody(NodeRequest.Upload upload, Attempt attempt) throws LocalFileException {
        this.upload = upload;
        this.attempt = attempt;
        this.length = size(upload.file());
        String boundary = UUID.randomUUID().toString();
        this.type = MediaType.get("multipart/form-data; boundary=" + boundary);
        this.head = octets("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + plainName(upload.fileName()) + "\"\r\nContent-Type: application/zip\r\n\r\n");
        this.tail = octets("\r\n--" + boundary + "--\r\n");
    }

    /**
     * Lets the file bypass OkHttp's buffers. To be said after the {@code Content-Length} has been set and before the
     * body is written: from now on only what is around the file counts as the body.
     */
    void sendOver(ChannelSocket plain) {
        socket = plain;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return head.length + tail.length + (socket == null ? length : 0);
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        send(sink, head);
        try (FileChannel file = open(upload.file())) {
            if (socket == null) {
                copy(file, sink);
            } else {
                transfer(file, sink);
            }
        }
        send(sink, tail);
    }

    private void send(BufferedSink sink, byte[] envelope) throws IOException {
        attempt.withoutStalling(() -> {
            sink.write(envelope).flush();
            return null;
        });
    }

    private void copy(FileChannel file, BufferedSink sink) throws IOException {
        // Outside the heap: from there it goes into OkHttp's buffers with one copy.
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        for (long sent = 0; sent < length; ) {
            chunk.clear().limit((int) Math.min(CHUNK, length - sent));
            long before = sent;
            sent += read(file, chunk);
            announce(sent);
            attempt.withoutStalling(() -> sink.write(chunk.flip()));
            report(before, sent);
        }
    }

    private void transfer(FileChannel file, BufferedSink sink) throws IOException {
        for (long sent = 0; sent < length; ) {
            long count = Math.min(REPORT_EVERY, length - sent);
            announce(sent + count);
            long before = sent;
            try {
                sent += attempt.withoutStalling(() -> socket.send(file, before, count));
            } catch (IOException e) {
                // Fails too, and lets OkHttp know: it then looks whether the node has answered before it closed.
                send(sink, tail);
                throw e;
            }
            if (sent == before && file.size() <= sent) {
                throw shorter();
            }
            report(before, sent);
        }
    }

    private void announce(long sent) {
        if (sent == length) {
            attempt.lastOctets();
        }
    }

    private void report(long before, long sent) {
        if (sent / REPORT_EVERY > before / REPORT_EVERY || sent == length) {
            upload.progress().transferred(sent, length);
        }
    }

    private int read(FileChannel file, ByteBuffer chunk) throws LocalFileException {
        int read;
        try {
            read = file.read(chunk);
        } catch (IOException e) {
            throw unreadable(upload.file(), e);
        }
        if (read <= 0) {
            throw shorter();
        }
        return read;
    }

    private LocalFileException shorter() {
        return new LocalFileException(
                "the file " + name(upload.file()) + " became shorter while it was sent; publish the bundle again", null);
    }

    private static FileChannel open(Path file) throws LocalFileException {
        try {
            return FileChannel.open(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static long size(Path file) throws LocalFileException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static LocalFileException unreadable(Path file, IOException e) {
        String reason = e instanceof NoSuchFileException ? "it is gone" : e.getClass().getSimpleName();
        return new LocalFileException("the file " + name(file) + " cannot be read on the controller, " + reason, e);
    }

    /** Without its directories: those are the controller's own business. */
    private static String name(Path file) {
        return Words.quoted(String.valueOf(file.getFileName()));
    }

    /** Header-safe: quotes, controls and non-ASCII letters in a part's header are read in unlike ways. */
    private static String plainName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static byte[] octets(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
