package io.jenkins.plugins.projectdeployer.embedded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Takes bundles in: onto the disk and read from there, or, for benchmarks, counted with only their head looked at. */
final class Uploads {
    private static final int HEAD = 2 << 20;

    private final Path directory;
    private final boolean discard;
    private final boolean takesChunked;
    private final RateLimit limit;
    private final AtomicLong received = new AtomicLong();

    Uploads(Path directory, boolean discard, boolean takesChunked, RateLimit limit) {
        this.directory = directory;
        this.discard = discard;
        this.takesChunked = takesChunked;
        this.limit = limit;
    }

    /** Bytes of bundles received since the start. */
    long received() {
        return received.get();
    }

    InputStream throttled(InputStream body) {
        return limit == null ? body : limit.limit(body);
    }

    /** Reads the part {@code file} of a request. A body that ends early is an error, and leaves nothing behind. */
    ImportedBundle receive(Request request) throws IOException {
        if (request.contentLength() == null && !takesChunked) {
            throw new ApiError(411, "java.io.IOException", "Length Required: this node takes no chunked uploads");
        }
        return discard ? receiveHead(request) : receiveWhole(request);
    }

    private ImportedBundle receiveHead(Request request) throws IOException {
        Head head = new Head();
        long size = new Multipart(request.body(), request.contentType()).copyPart("file", head);
        received.addAndGet(size);
        BundleContents contents = BundleContents.readHead(new ByteArrayInputStream(head.bytes.toByteArray()));
        return new ImportedBundle(contents.requireBundle(), size, null, request.caller().identifier(), Instant.now());
    }

    private ImportedBundle receiveWhole(Request request) throws IOException {
        Path file = Files.createTempFile(directory, "upload", ".zip");
        try {
            MessageDigest digest = sha256();
            long size;
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
                size = new Multipart(request.body(), request.contentType()).copyPart("file", out);
            }
            received.addAndGet(size);
            return read(file, size, HexFormat.of().formatHex(digest.digest()), request.caller());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Reads a bundle that lies on the node's own disk. */
    ImportedBundle fromArchive(String path, Caller caller) throws IOException {
        Path file = Path.of(path);
        if (!Files.isRegularFile(file)) {
            throw ApiError.illegal("Archive file does not exist: " + path);
        }
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, out);
        }
        return read(file, Files.size(file), HexFormat.of().formatHex(digest.digest()), caller);
    }

    private static ImportedBundle read(Path file, long size, String sha256, Caller caller) {
        BundleContents contents = BundleContents.read(file).requireBundle();
        return new ImportedBundle(contents, size, sha256, caller.identifier(), Instant.now());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Head extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, Math.min(length, HEAD - Math.min(HEAD, bytes.size())));
        }
    }
}
