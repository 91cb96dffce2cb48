package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static io.jenkins.plugins.projectdeployer.node.http.Nodes.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DownloadTest {

    private static final NodeRequest ARCHIVE =
            NodeRequest.get(ApiPath.of("projects", "CHURN", "bundles", "exported", "v1", "archive")).longCall();

    @Test
    void an_archive_larger_than_the_heap_streams_through() throws Exception {
        long size = Runtime.getRuntime().maxMemory() + 200L * 1024 * 1024;
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: " + size + "\r\n\r\n");
            zeros(socket, size);
        })) {
            long read = Nodes.http(server.url()).stream(ARCHIVE, (body, length) -> {
                assertThat(length).isEqualTo(size);
                return body.transferTo(OutputStream.nullOutputStream());
            });

            assertThat(read).isEqualTo(size);
        }
    }

    @Test
    void an_archive_that_is_cut_short_fails_and_is_not_begun_again_behind_the_readers_back() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nPK");
        })) {
            NodeException e = failure(() ->
                    Nodes.http(server.url()).stream(ARCHIVE, (body, length) -> body.transferTo(OutputStream.nullOutputStream())));

            assertThat(e.kind()).isEqualTo(Kind.CUT);
            assertThat(e).hasMessageContaining("in the middle of its answer");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_cut_is_told_even_where_the_reader_wraps_what_it_caught() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nPK");
        })) {
            assertThat(failure(() -> Nodes.http(server.url()).stream(ARCHIVE, (body, length) -> {
                                try {
                                    return body.readAllBytes();
                                } catch (IOException e) {
                                    throw new IOException("cannot store the bundle", e);
                                }
                            }))
                            .kind())
                    .isEqualTo(Kind.CUT);
        }
    }

    @Test
    void a_full_disk_on_this_side_is_not_blamed_on_the_node() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nPK");
        })) {
            NodeException e = failure(() -> Nodes.http(server.url()).stream(ARCHIVE, (body, length) -> {
                throw new IOException("No space left on device");
            }));

            assertThat(e.kind()).isEqualTo(Kind.LOCAL);
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    @Test
    void an_archive_that_stops_coming_is_given_up_after_the_stall_limit_not_after_the_long_one() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nPK");
            over.await();
        })) {
            NodeHttp http = Nodes.http(server.url(), millis(10_000, 3_600_000, 3_600_000, 300));

            NodeException e = failure(() -> http.stream(ARCHIVE, (body, length) -> body.readAllBytes()));

            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            over.countDown();
        }
    }

    @Test
    void a_web_page_is_not_taken_for_an_archive() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
        })) {
            assertThat(failure(() -> Nodes.http(server.url()).stream(ARCHIVE, (body, length) -> body.readAllBytes())).kind())
                    .isEqualTo(Kind.UNEXPECTED);
        }
    }

    private static void zeros(Socket socket, long count) throws IOException {
        byte[] chunk = new byte[1 << 16];
        for (long left = count; left > 0; left -= Math.min(left, chunk.length)) {
            socket.getOutputStream().write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }
}
