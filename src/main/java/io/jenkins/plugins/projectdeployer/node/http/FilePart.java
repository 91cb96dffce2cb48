package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A file as a multipart part. Its length is announced (nodes are not known to take chunked uploads); it is read while
 * it is sent, so its size does not matter to memory.
 */
final class FilePart extends RequestBody {

    private static final MediaType ZIP = MediaType.get("application/zip");
    private static final int CHUNK = 64 * 1024;
    private static final long REPORT_EVERY = 1024 * 1024;

    private final NodeRequest.Upload upload;
    private final long length;
    private final Attempt attempt;

    private FilePart(NodeRequest.Upload upload, long length, Attempt attempt) {
        this.upload = upload;
        this.length = length;
        this.attempt = attempt;
    }

    /** The whole body: one part named {@code file}, as Dataiku's own client sends it. */
    static RequestBody multipart(NodeRequest.Upload upload, Attempt attempt) throws IOException {
        return new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart(
                        "file", plainName(upload.fileName()), new FilePart(upload, size(upload.file()), attempt))
                .build();
    }

    @Override
    public MediaType contentType() {
        return ZIP;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(length, 1))];
        long sent = 0;
        long reported = 0;
        try (FileChannel channel = open(upload.file())) {
            while (sent < length) {
                int read = read(channel, chunk, length - sent);
                sent += read;
                if (sent == length) {
                    attempt.lastOctets();
                }
                sink.write(chunk, 0, read);
                if (sent - reported >= REPORT_EVERY || sent == length) {
                    upload.progress().transferred(sent, length);
                    reported = sent;
                }
            }
        }
    }

    private int read(FileChannel channel, byte[] chunk, long left) throws LocalFileException {
        int read;
        try {
            read = channel.read(ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, left)));
        } catch (IOException e) {
            throw unreadable(upload.file(), e);
        }
        if (read <= 0) {
            throw new LocalFileException(
                    "the file " + name(upload.file()) + " became shorter while it was sent; publish the bundle again",
                    null);
        }
        return read;
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
}
