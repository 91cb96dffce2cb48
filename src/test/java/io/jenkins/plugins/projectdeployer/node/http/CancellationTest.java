package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CancellationTest {

    /** Far above the second that is promised, far below every time limit of a call. */
    private static final int SOON = 20;

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService caller = Executors.newSingleThreadExecutor();

    @AfterEach
    void release() {
        over.countDown();
        caller.shutdownNow();
    }

    @Test
    void a_call_that_waits_for_its_answer_ends() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            reached.countDown();
            over.await();
        })) {
            NodeHttp http = Nodes.http(server.url()).watching(cancellation);

            NodeException e = cancelWhenReached(() -> http.json(NodeRequest.post(ApiPath.of("x")).longCall()));

            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
            assertThat(e.outcomeUnknown()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_upload_that_the_node_does_not_take_ends(boolean tls, @TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("bundle.zip"));
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(500L * 1024 * 1024);
        }
        try (RawServer server = new RawServer(tls, (socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            reached.countDown();
            over.await();
        })) {
            NodeHttp http = Nodes.http(server.url()).watching(cancellation);

            NodeException e = cancelWhenReached(() -> http.send(NodeRequest.post(ApiPath.of("x"))
                    .sending(new NodeRequest.Upload(file, "bundle.zip", TransferProgress.NONE))));

            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
            assertThat(e.outcomeUnknown()).isFalse();
        }
    }

    @Test
    void a_download_that_stalls_ends() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nPK");
            reached.countDown();
            over.await();
        })) {
            NodeHttp http = Nodes.http(server.url()).watching(cancellation);

            NodeException e = cancelWhenReached(
                    () -> http.stream(NodeRequest.get(ApiPath.of("x")), (body, length) -> body.readAllBytes()));

            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        }
    }

    @Test
    void a_call_that_is_not_connected_yet_ends() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            reached.countDown();
            over.await();
        })) {
            NodeHttp http = Nodes.http("https://127.0.0.1:" + server.port()).watching(cancellation);

            NodeException e = cancelWhenReached(() -> http.json(NodeRequest.post(ApiPath.of("x"))));

            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
            assertThat(e.outcomeUnknown()).isFalse();
        }
    }

    @Test
    void a_call_whose_host_name_is_still_looked_up_ends() throws Exception {
        OkHttpClient base = new OkHttpClient.Builder()
                .dns(host -> {
                    reached.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        NodeTimeouts patient = Nodes.millis(600_000, 600_000, 600_000, 600_000);
        NodeHttp http = NodeHttp.to(
                        NodeEndpoint.of("prod", new NodeAddress("http://slow.invalid", "key")), () -> Nodes.KEY, base, patient)
                .watching(cancellation);

        assertThat(cancelWhenReached(() -> http.json(NodeRequest.get(ApiPath.of("x")))).kind())
                .isEqualTo(Kind.CANCELLED);
    }

    @Test
    void a_call_that_begins_after_the_cancellation_sends_nothing() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {})) {
            cancellation.cancel();
            NodeHttp http = Nodes.http(server.url()).watching(cancellation);

            assertThat(failure(() -> http.json(NodeRequest.get(ApiPath.of("x")))).kind()).isEqualTo(Kind.CANCELLED);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void a_pause_between_two_attempts_ends() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        OkHttpClient base = new OkHttpClient.Builder()
                .dns(host -> {
                    asked.incrementAndGet();
                    cancellation.cancel();
                    throw new java.net.UnknownHostException(host);
                })
                .build();
        NodeHttp http = NodeHttp.to(
                        NodeEndpoint.of("prod", new NodeAddress("http://x.invalid", "key")),
                        () -> Nodes.KEY,
                        base,
                        NodeTimeouts.DEFAULT)
                .watching(cancellation);

        assertThat(failure(() -> http.json(NodeRequest.get(ApiPath.of("x")))).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void actions_run_once_and_at_once_when_it_is_too_late_and_not_when_they_are_withdrawn() {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger withdrawn = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        cancellation.onCancel(first::incrementAndGet);
        cancellation.onCancel(withdrawn::incrementAndGet).close();

        cancellation.cancel();
        cancellation.cancel();
        cancellation.onCancel(late::incrementAndGet);

        assertThat(first).hasValue(1);
        assertThat(withdrawn).hasValue(0);
        assertThat(late).hasValue(1);
        assertThat(cancellation.isCancelled()).isTrue();
    }

    private NodeException cancelWhenReached(Callable<?> call) throws Exception {
        CompletableFuture<NodeException> failed = new CompletableFuture<>();
        Future<?> running = caller.submit(() -> failed.complete(failure(call::call)));
        assertThat(reached.await(SOON, TimeUnit.SECONDS)).isTrue();
        cancellation.cancel();
        running.get(SOON, TimeUnit.SECONDS);
        return failed.get(SOON, TimeUnit.SECONDS);
    }
}
