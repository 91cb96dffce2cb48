package io.jenkins.plugins.projectdeployer.takeover;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Project Deployer that answers what a test has put in its mouth, by the path behind {@code project-deployer/}. */
final class DataikuStandIn implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    DataikuStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        says("stages", "[{\"id\": \"Production\"}]").says("projects", "[]").says("deployments", "[]");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst(".*/project-deployer/", "");
        asked.add(path);
        byte[] answer = answers.getOrDefault(path, "{\"errorType\": \"x\", \"message\": \"no\"}".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(refusals.getOrDefault(path, answers.containsKey(path) ? 200 : 404), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    DataikuStandIn says(String path, String json) {
        return says(path, json.getBytes(StandardCharsets.UTF_8));
    }

    DataikuStandIn says(String path, byte[] answer) {
        answers.put(path, answer);
        refusals.remove(path);
        return this;
    }

    DataikuStandIn refuses(String path, int status) {
        answers.remove(path);
        refusals.put(path, status);
        return this;
    }

    /** An infrastructure with these fields besides its id and its stage. */
    DataikuStandIn infrastructure(String id, String fields) {
        return says("infras", "[{\"infraBasicInfo\": {\"id\": \"" + id + "\"}}]")
                .says("infras/" + id + "/settings", "{\"id\": \"" + id + "\", \"stage\": \"Production\", " + fields + "}");
    }

    /** A deployment of bundle v1 with these fields besides what a list says of it. */
    DataikuStandIn deployment(String id, String infrastructure, String fields) {
        String basic = "\"id\": \"" + id + "\", \"infraId\": \"" + infrastructure + "\", \"publishedProjectKey\": \"CHURN\", \"bundleId\": \"v1\"";
        return says("deployments", "[{\"deploymentBasicInfo\": {" + basic + "}}]")
                .says("deployments/" + id + "/settings", "{" + basic + fields + "}");
    }

    /** The paths that were asked for. */
    List<String> asked() {
        return asked;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
