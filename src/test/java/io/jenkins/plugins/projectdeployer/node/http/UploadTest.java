package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static io.jenkins.plugins.projectdeployer.node.http.Nodes.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class UploadTest {

    private static final ApiPath IMPORT =
            ApiPath.of("projects", "CHURN", "bundles", "imported", "actions", "importFromStream");
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path directory;

    @Test
    void a_file_goes_out_as_one_part_with_its_length_and_a_plain_name() throws Exception {
        try (MockWebServer server = started()) {
            server.enqueue(new MockResponse.Builder().build());
            Path bundle = Files.writeString(directory.resolve("sha"), "zip content");

            Nodes.http(server.url("/").toString())
                    .send(NodeRequest.post(IMPORT)
                            .longCall()
                            .sending(new NodeRequest.Upload(bundle, "CHURN \"v1\"\r\nü.zip", TransferProgress.NONE)));

            RecordedRequest request = server.takeRequest();
            String body = request.getBody().utf8();
            assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/form-data; boundary=");
            assertThat(request.getHeaders().get("Content-Length")).isEqualTo(String.valueOf(request.getBodySize()));
            assertThat(request.getChunkSizes()).isNullOrEmpty();
            assertThat(body)
                    .contains("Content-Disposition: form-data; name=\"file\"; filename=\"CHURN__v1____.zip\"\r\n")
                    .contains("\r\n\r\nzip content\r\n--");
        }
    }

    @Test
    void a_file_arrives_octet_by_octet_over_plain_and_encrypted_connections_new_and_kept() throws Exception {
        byte[] content = new byte[3 * MIB + 17];
        new Random(7).nextBytes(content);
        Path bundle = Files.write(directory.resolve("random"), content);
        for (boolean tls : new boolean[] {false, true}) {
            List<byte[]> bodies = new CopyOnWriteArrayList<>();
            try (RawServer server = new RawServer(tls, (socket, number) -> {
                for (String head = RawServer.readHead(socket.getInputStream());
                        !head.isEmpty();
                        head = RawServer.readHead(socket.getInputStream())) {
                    bodies.add(socket.getInputStream().readNBytes((int) contentLength(head)));
                    RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                }
            })) {
                NodeHttp http = Nodes.http(server.url());
                http.send(upload(bundle, TransferProgress.NONE));
                http.send(upload(bundle, TransferProgress.NONE));
                assertThat(server.connections()).isEqualTo(1);
            }
            assertThat(bodies).hasSize(2).allSatisfy(body -> {
                String text = new String(body, StandardCharsets.ISO_8859_1);
                int begin = text.indexOf("\r\n\r\n") + 4;
                assertThat(Arrays.copyOfRange(body, begin, begin + content.length)).isEqualTo(content);
                assertThat(text.substring(begin + content.length)).matches("\r\n--[0-9a-f-]{36}--\r\n");
            });
        }
    }

    @Test
    void progress_rises_to_the_size_of_the_file() throws Exception {
        try (MockWebServer server = started()) {
            server.enqueue(new MockResponse.Builder().build());
            List<Long> seen = new ArrayList<>();

            Nodes.http(server.url("/").toString()).send(upload(sparse(5 * MIB + 7), (done, total) -> {
                assertThat(total).isEqualTo(5L * MIB + 7);
                seen.add(done);
            }));

            assertThat(seen).isSorted().doesNotHaveDuplicates().endsWith(5L * MIB + 7).hasSizeBetween(5, 7);
        }
    }

    @Test
    void an_empty_file_is_sent_too() throws Exception {
        try (MockWebServer server = started()) {
            server.enqueue(new MockResponse.Builder().build());

            Nodes.http(server.url("/").toString()).send(upload(sparse(0), TransferProgress.NONE));

            assertThat(server.takeRequest().getBody().utf8()).contains("\r\n\r\n\r\n--");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_bundle_larger_than_the_heap_is_sent(boolean tls) throws Exception {
        long size = 120L * MIB;
        AtomicLong received = new AtomicLong();
        Path said = directory.resolve("said");
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            long length = contentLength(RawServer.readHead(socket.getInputStream()));
            drain(socket.getInputStream(), length, received);
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            Process sender = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                            "-cp", System.getProperty("java.class.path"), Sender.class.getName(), server.url(), sparse(size).toString())
                    .redirectErrorStream(true).redirectOutput(said.toFile()).start();
            assertThat(sender.waitFor()).as(Files.readString(said)).isZero();
        }
        assertThat(received.get()).isGreaterThan(size);
    }

    /** Sends a file, in a JVM whose heap is smaller. */
    public static final class Sender {

        public static void main(String[] urlAndFile) throws NodeException {
            Nodes.http(urlAndFile[0]).send(upload(Path.of(urlAndFile[1]), TransferProgress.NONE));
            System.exit(0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_node_that_dies_in_the_middle_leaves_no_doubt_that_nothing_was_imported(boolean tls) throws Exception {
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            drain(socket.getInputStream(), MIB, new AtomicLong());
            RawServer.reset(socket);
        })) {
            NodeException e = failure(
                    () -> Nodes.http(server.url()).send(upload(sparse(200 * MIB), TransferProgress.NONE)));

            assertThat(e.kind()).isEqualTo(Kind.CUT);
            assertThat(e.outcomeUnknown()).isFalse();
            assertThat(server.connections()).as("an upload is not repeated").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_node_that_dies_after_the_last_octet_leaves_the_outcome_open(boolean tls) throws Exception {
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            long length = contentLength(RawServer.readHead(socket.getInputStream()));
            drain(socket.getInputStream(), length, new AtomicLong());
        })) {
            NodeException e =
                    failure(() -> Nodes.http(server.url()).send(upload(sparse(MIB), TransferProgress.NONE)));

            assertThat(e.kind()).isEqualTo(Kind.CUT);
            assertThat(e.outcomeUnknown()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_413_that_comes_while_the_file_is_still_being_sent_is_heard(boolean tls) throws Exception {
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(
                    socket,
                    "HTTP/1.1 413 Too Large\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: 6\r\n\r\n<html>");
            socket.shutdownOutput();
            drain(socket.getInputStream(), 2L * MIB, new AtomicLong());
        })) {
            NodeException e = failure(
                    () -> Nodes.http(server.url()).send(upload(sparse(200 * MIB), TransferProgress.NONE)));

            assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(e).hasMessageContaining("client_max_body_size");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_node_that_takes_no_more_data_is_given_up(boolean tls) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            over.await();
        })) {
            NodeHttp http = Nodes.http(server.url(), millis(10_000, 60_000, 60_000, 300));

            NodeException e = failure(() -> http.send(upload(sparse(200 * MIB), TransferProgress.NONE)));

            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e.outcomeUnknown()).isFalse();
            assertThat(e).hasMessageContaining("took no more data for 300 ms");
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_time_limit_of_long_calls_is_for_the_answer_not_for_the_sending(boolean tls) throws Exception {
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            InputStream in = socket.getInputStream();
            long length = contentLength(RawServer.readHead(in));
            AtomicLong received = new AtomicLong();
            for (int i = 0; i < 10; i++) {
                drain(in, length / 10, received);
                Thread.sleep(350);
            }
            drain(in, length - received.get(), received);
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            NodeHttp http = Nodes.http(server.url(), millis(10_000, 300, 3_000, 30_000));

            assertThat(http.send(upload(sparse(60 * MIB), TransferProgress.NONE)).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_file_that_is_gone_or_shrinks_is_not_blamed_on_the_node(boolean tls) throws Exception {
        Path shrinking = sparse(200 * MIB);
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            truncate(shrinking);
            drain(socket.getInputStream(), Long.MAX_VALUE, new AtomicLong());
        })) {
            NodeHttp http = Nodes.http(server.url());

            NodeException gone =
                    failure(() -> http.send(upload(directory.resolve("gone.zip"), TransferProgress.NONE)));
            NodeException shorter = failure(() -> http.send(upload(shrinking, TransferProgress.NONE)));

            assertThat(gone.kind()).isEqualTo(Kind.LOCAL);
            assertThat(gone).hasMessageContaining("\"gone.zip\" cannot be read on the controller, it is gone");
            assertThat(gone.getMessage()).doesNotContain(directory.toString());
            assertThat(shorter.kind()).isEqualTo(Kind.LOCAL);
            assertThat(shorter).hasMessageContaining("became shorter while it was sent");
        }
    }

    private static MockWebServer started() throws IOException {
        MockWebServer server = new MockWebServer();
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.start();
        return server;
    }

    private static NodeRequest upload(Path file, TransferProgress progress) {
        return NodeRequest.post(IMPORT).longCall().sending(new NodeRequest.Upload(file, "bundle.zip", progress));
    }

    private Path sparse(long size) throws IOException {
        Path file = Files.createTempFile(directory, "bundle", ".zip");
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(size);
        }
        return file;
    }

    private static void truncate(Path file) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(10);
        }
    }

    static long contentLength(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToLong(line -> Long.parseLong(line.substring("Content-Length: ".length())))
                .findFirst()
                .orElseThrow();
    }

    static void drain(InputStream in, long length, AtomicLong received) throws IOException {
        byte[] chunk = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (read < 0) {
                return;
            }
            left -= read;
            received.addAndGet(read);
        }
    }
}
