package io.jenkins.plugins.projectdeployer.node.http;

import static io.jenkins.plugins.projectdeployer.node.http.Nodes.failure;
import static io.jenkins.plugins.projectdeployer.node.http.Nodes.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network does to calls: told in words, repeated only where that is safe. */
@Timeout(60)
class WireFailureTest {

    private static final NodeRequest GET = NodeRequest.get(ApiPath.of("instance-info"));
    private static final NodeRequest POST = NodeRequest.post(ApiPath.of("activate"));
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    @Test
    void a_node_that_is_down_cannot_be_reached() throws Exception {
        NodeHttp http = Nodes.http("http://127.0.0.1:" + closedPort());

        NodeException e = failure(() -> http.json(POST));

        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(e).hasMessageStartingWith("Node \"prod\" cannot be reached (POST /activate): there is no connection");
    }

    @Test
    void an_unknown_host_name_is_said_to_be_one() {
        OkHttpClient base = new OkHttpClient.Builder()
                .dns(host -> {
                    throw new java.net.UnknownHostException(host);
                })
                .build();
        NodeHttp http = NodeHttp.to(endpoint("http://nowhere.invalid"), () -> Nodes.KEY, base, NodeTimeouts.DEFAULT);

        assertThat(failure(() -> http.json(GET)))
                .hasMessageContaining("host name in its URL is not known")
                .extracting(NodeException::kind)
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void even_a_post_is_repeated_while_there_is_no_connection() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, OK);
        })) {
            AtomicInteger lookups = new AtomicInteger();
            OkHttpClient base = new OkHttpClient.Builder()
                    .dns(host -> {
                        if (lookups.incrementAndGet() < 3) {
                            throw new java.net.UnknownHostException(host);
                        }
                        return List.of(InetAddress.getLoopbackAddress());
                    })
                    .build();
            NodeHttp http = NodeHttp.to(
                    endpoint("http://node.invalid:" + server.port()), () -> Nodes.KEY, base, NodeTimeouts.DEFAULT);

            assertThat(http.json(POST)).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_get_whose_connection_breaks_is_repeated() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            if (number < 3) {
                RawServer.reset(socket);
            }
            RawServer.answer(socket, OK);
        })) {
            assertThat(Nodes.http(server.url()).json(GET)).isEmpty();
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void a_get_is_tried_three_times_and_no_more() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> RawServer.readHead(socket.getInputStream()))) {
            NodeException e = failure(() -> Nodes.http(server.url()).json(GET));

            assertThat(e.kind()).isEqualTo(Kind.CUT);
            assertThat(e.outcomeUnknown()).isFalse();
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void a_changing_call_whose_connection_breaks_is_not_repeated_and_its_outcome_is_open(String method) throws Exception {
        NodeRequest change =
                new NodeRequest(method, ApiPath.of("x"), List.of(), new NodeRequest.Nothing(), NodeRequest.Patience.LONG);
        try (RawServer server = new RawServer((socket, number) -> RawServer.readHead(socket.getInputStream()))) {
            NodeException e = failure(() -> Nodes.http(server.url()).send(change));

            assertThat(e.kind()).isEqualTo(Kind.CUT);
            assertThat(e.outcomeUnknown()).isTrue();
            assertThat(e).hasMessageContaining("cut off before it answered");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_changing_call_on_a_kept_connection_that_breaks_is_not_repeated_either() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, OK);
            RawServer.readHead(socket.getInputStream());
        })) {
            NodeHttp http = Nodes.http(server.url());
            http.json(GET);

            assertThat(failure(() -> http.json(POST)).kind()).isEqualTo(Kind.CUT);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_post_is_not_repeated_when_a_proxy_asks_for_it_at_once() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (RawServer server = new RawServer((socket, number) -> {
            while (!RawServer.readHead(socket.getInputStream()).isEmpty()) {
                requests.incrementAndGet();
                RawServer.answer(socket, "HTTP/1.1 503 Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
            }
        })) {
            assertThat(failure(() -> Nodes.http(server.url()).json(POST)).kind()).isEqualTo(Kind.GATEWAY);
            assertThat(requests).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void a_get_that_a_proxy_could_not_pass_on_is_repeated(int status) throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(
                    socket,
                    number == 1 ? "HTTP/1.1 " + status + " X\r\nConnection: close\r\nContent-Length: 6\r\n\r\n<html>" : OK);
        })) {
            assertThat(Nodes.http(server.url()).json(GET)).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_node_that_hangs_is_given_up_after_the_time_for_short_calls() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer((socket, number) -> over.await())) {
            NodeHttp http = Nodes.http(server.url(), millis(10_000, 300, 3_600_000, 60_000));

            NodeException e = failure(() -> http.json(GET));

            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e).hasMessageContaining("gave no answer within 300 ms (GET /instance-info)");
            assertThat(server.connections()).as("a timeout is not repeated").isEqualTo(1);
            over.countDown();
        }
    }

    @Test
    void a_node_that_drips_its_answer_is_given_up_too() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (true) {
                RawServer.answer(socket, " ");
                Thread.sleep(20);
            }
        })) {
            NodeHttp http = Nodes.http(server.url(), millis(10_000, 400, 3_600_000, 60_000));

            assertThat(failure(() -> http.json(GET)))
                    .hasMessageContaining("did not finish its answer in time")
                    .extracting(NodeException::kind)
                    .isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void a_long_call_waits_longer_and_says_that_the_outcome_is_open() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer((socket, number) -> over.await())) {
            NodeHttp http = Nodes.http(server.url(), millis(10_000, 100, 1_000, 60_000));

            NodeException e = failure(() -> http.json(POST.longCall()));

            assertThat(e).hasMessageContaining("gave no answer within 1 s");
            assertThat(e.outcomeUnknown()).isTrue();
            over.countDown();
        }
    }

    @Test
    void a_node_that_takes_connections_but_never_finishes_the_tls_handshake_is_given_up_as_not_connected()
            throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer((socket, number) -> over.await())) {
            NodeHttp http = Nodes.http("https://127.0.0.1:" + server.port(), millis(100, 3_600_000, 3_600_000, 3_600_000));

            NodeException e = failure(() -> http.json(POST.longCall()));

            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e.outcomeUnknown()).isFalse();
            assertThat(e).hasMessageContaining("gave no connection within 100 ms");
            over.countDown();
        }
    }

    @Test
    void a_name_look_up_that_hangs_is_given_up_as_not_connected() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        OkHttpClient base = new OkHttpClient.Builder().dns(host -> hang(over)).build();
        NodeHttp http = NodeHttp.to(endpoint("http://slow.invalid"), () -> Nodes.KEY, base, millis(200, 60_000, 60_000, 60_000));

        assertThat(failure(() -> http.json(GET)).kind()).isEqualTo(Kind.TIMEOUT);
        over.countDown();
    }

    @Test
    void an_answer_that_is_cut_short_is_told_from_a_whole_one() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}");
        })) {
            NodeException e = failure(() -> Nodes.http(server.url()).json(POST));

            assertThat(e.kind()).isEqualTo(Kind.CUT);
            assertThat(e).hasMessageContaining("in the middle of its answer");
        }
    }

    @Test
    void garbage_on_the_wire_does_not_reach_message_or_stack_trace() throws Exception {
        try (RawServer server = new RawServer((socket, number) -> {
            RawServer.readHead(socket.getInputStream());
            RawServer.answer(socket, "\u001b[31m " + Nodes.KEY + " nonsense\r\n\r\n");
        })) {
            NodeException e = failure(() -> Nodes.http(server.url()).json(POST));

            assertThat(e.kind()).isEqualTo(Kind.CUT);
            assertThat(e.getCause()).isNull();
        }
    }

    private static List<InetAddress> hang(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of(InetAddress.getLoopbackAddress());
    }

    private static NodeEndpoint endpoint(String url) {
        return NodeEndpoint.of("prod", new NodeAddress(url, "key"));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            return taken.getLocalPort();
        }
    }
}
