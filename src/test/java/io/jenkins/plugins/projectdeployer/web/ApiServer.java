package io.jenkins.plugins.projectdeployer.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** The public API on a port of this machine, by the JDK alone: what clients are tried against, and what the demo serves. */
public final class ApiServer implements AutoCloseable {

    private static final List<String> ROOTS = List.of("/project-deployer/public/api", "/project-deployer/dip/publicapi");

    static {
        // Read once by the JDK's server, when its classes load: without it every small answer waits for an ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final PublicApi api;
    private final Predicate<ApiKey> keys;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "api server");
        thread.setDaemon(true);
        return thread;
    });

    /** @param keys which keys hold */
    public ApiServer(PublicApi api, Predicate<ApiKey> keys) {
        this.api = api;
        this.keys = keys;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What a client is given as its host. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/project-deployer";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private WebReply answer(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        var root = ROOTS.stream().filter(each -> uri.getRawPath().startsWith(each + "/")).findFirst();
        if (root.isEmpty()) {
            return WebReply.error(404, "NOT_FOUND", "There is nothing at " + uri.getPath() + ".");
        }
        var key = ApiKey.of(exchange.getRequestHeaders().getFirst("Authorization")).filter(keys);
        return key.isEmpty() ? PublicApi.unauthorized() : api.answer(
                exchange.getRequestMethod(),
                uri.getRawPath().substring(root.get().length()),
                uri.getRawQuery(),
                exchange.getRequestHeaders()::getFirst,
                exchange.getRequestBody(),
                key.get().userId());
    }

    private static void send(HttpExchange exchange, WebReply reply) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.length() == 0 ? -1 : reply.length());
        try (InputStream body = reply.body().open()) {
            body.transferTo(exchange.getResponseBody());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
