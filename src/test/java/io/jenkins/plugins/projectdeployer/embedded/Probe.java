package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A plain client for the embedded node's own tests: it knows nothing of the plugin's. */
final class Probe {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    record Answer(int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            return text.isEmpty() ? MissingNode.getInstance() : Json.read(text);
        }

        /** The result of a future-shaped answer. */
        JsonNode result() {
            return json().path("result");
        }

        String errorType() {
            return json().path("errorType").asText();
        }

        String message() {
            return json().path("message").asText();
        }
    }

    private final EmbeddedNode node;
    private final String proxyUser;
    private final String authorization;
    private final String root;

    Probe(EmbeddedNode node) {
        this(node, null, basic(node.key() + ":"), "/public/api");
    }

    private Probe(EmbeddedNode node, String proxyUser, String authorization, String root) {
        this.node = node;
        this.proxyUser = proxyUser;
        this.authorization = authorization;
        this.root = root;
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    Probe as(String login) {
        return new Probe(node, login, authorization, root);
    }

    Probe authorization(String header) {
        return new Probe(node, proxyUser, header, root);
    }

    Probe root(String path) {
        return new Probe(node, proxyUser, authorization, path);
    }

    Answer get(String path) throws IOException {
        return send("GET", path, null, null);
    }

    Answer delete(String path) throws IOException {
        return send("DELETE", path, null, null);
    }

    Answer post(String path) throws IOException {
        return send("POST", path, null, null);
    }

    Answer post(String path, JsonNode body) throws IOException {
        return send("POST", path, Json.bytes(body), "application/json");
    }

    Answer put(String path, JsonNode body) throws IOException {
        return send("PUT", path, Json.bytes(body), "application/json");
    }

    /** Sends a file as Dataiku's client does: one part named {@code file}. */
    Answer upload(String path, byte[] zip) throws IOException {
        String boundary = "----probe";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.zip\"\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        body.writeBytes(zip);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return send("POST", path, body.toByteArray(), "multipart/form-data; boundary=" + boundary);
    }

    Answer send(String method, String path, byte[] body, String contentType) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + root + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (proxyUser != null) {
            request.header("X-DKU-ProxyUser", proxyUser);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Creates the bundle's project, maps connections, preloads and activates. Fails the test where any of it fails. */
    void deploy(BundleZip zip) throws IOException {
        String key = zip.contents().projectKey();
        String bundle = zip.contents().bundleId();
        boolean exists = node.state().findProject(key).isPresent();
        Answer sent = upload(exists ? "/projects/" + key + "/bundles/imported/actions/importFromStream" : "/projectsFromBundle/", zip.bytes());
        require(sent.status() == 200, sent);
        Answer preloaded = post("/projects/" + key + "/bundles/imported/" + bundle + "/actions/preload");
        require(!preloaded.result().path("error").asBoolean(true), preloaded);
        Answer activated = post("/projects/" + key + "/bundles/imported/" + bundle + "/actions/activate", Json.object());
        require(!activated.result().path("error").asBoolean(true), activated);
    }

    /** Sets the connection remapping of a project: pairs of source and target. */
    void remap(String key, String... pairs) throws IOException {
        ObjectNode settings = (ObjectNode) get("/projects/" + key + "/settings").json();
        var connections = Json.child(Json.child(settings, "bundleContainerSettings"), "remapping").putArray("connections");
        for (int i = 0; i < pairs.length; i += 2) {
            connections.addObject().put("source", pairs[i]).put("target", pairs[i + 1]);
        }
        Answer put = put("/projects/" + key + "/settings", settings);
        require(put.status() == 200, put);
    }

    private static void require(boolean condition, Answer answer) {
        if (!condition) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
    }
}
