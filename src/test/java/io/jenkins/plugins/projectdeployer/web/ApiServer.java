package io.jenkins.plugins.projectdeployer.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Both APIs on a port of this machine, by the JDK alone: what clients are tried against, and what the demo serves. */
public final class ApiServer implements AutoCloseable {

    private static final List<String> ROOTS = List.of("/project-deployer/public/api", "/project-deployer/dip/publicapi");
    private static final String OWN_ROOT = "/project-deployer/api";

    static {
        // Read once by the JDK's server, when its classes load: without it every small answer waits for an ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ProjectDeployer deployer;
    private final Function<ApiKey, Optional<Person>> keys;
    private final Function<String, Optional<WebReply>> pages;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "api server");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param keys whose a key is; empty: nobody's
     * @param pages what is at a path that belongs to neither API; empty: nothing
     */
    public ApiServer(
            ProjectDeployer deployer, Function<ApiKey, Optional<Person>> keys, Function<String, Optional<WebReply>> pages) {
        this.deployer = deployer;
        this.keys = keys;
        this.pages = pages;
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
        String path = exchange.getRequestURI().getRawPath();
        Optional<String> root = Stream.concat(ROOTS.stream(), Stream.of(OWN_ROOT)).filter(each -> path.startsWith(each + "/")).findFirst();
        if (root.isEmpty()) {
            return pages.apply(path).orElseGet(() -> WebReply.error(404, "NOT_FOUND", "There is nothing at " + path + "."));
        }
        Optional<Person> person = ApiKey.of(exchange.getRequestHeaders().getFirst("Authorization")).flatMap(keys);
        return person.isEmpty() ? PublicApi.unauthorized() : answer(exchange, root.get(), person.get());
    }

    private WebReply answer(HttpExchange exchange, String root, Person person) {
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath().substring(root.length());
        UnaryOperator<String> headers = exchange.getRequestHeaders()::getFirst;
        return root.equals(OWN_ROOT)
                ? deployer.ownApi().answer(method, path, uri.getRawQuery(), headers, exchange.getRequestBody(), person)
                : deployer.api().answer(method, path, uri.getRawQuery(), headers, exchange.getRequestBody(), person.id());
    }

    private static void send(HttpExchange exchange, WebReply reply) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        try (WebReply.Opened opened = reply.opened()) {
            opened.reply().headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(opened.reply().status(), javaLength(opened.reply().length()));
            opened.content().transferTo(exchange.getResponseBody());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Java's server calls no body -1, and one of which it is not known how long it is 0. */
    private static long javaLength(long length) {
        return length == WebReply.ANY_LENGTH ? 0 : length == 0 ? -1 : length;
    }
}
