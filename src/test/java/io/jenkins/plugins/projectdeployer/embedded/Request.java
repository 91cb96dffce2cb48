package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request under the API's root, as routes see it. Segments and parameters are decoded. */
final class Request {
    private static final int MAX_JSON = 32 << 20;

    private final String method;
    private final List<String> segments;
    private final Map<String, String> query;
    private final String contentType;
    private final String contentLength;
    private final InputStream body;
    private Caller caller;
    private Map<String, String> variables = Map.of();
    private JsonNode json;

    Request(String method, List<String> segments, Map<String, String> query, String contentType, String contentLength, InputStream body) {
        this.method = method;
        this.segments = segments;
        this.query = query;
        this.contentType = contentType;
        this.contentLength = contentLength;
        this.body = body;
    }

    /** The segments of a path below a root; empty ones (a trailing slash) are left out. */
    static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String raw : rawPath.split("/")) {
            if (!raw.isEmpty()) {
                // A plus is a plus in a path.
                segments.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return segments;
    }

    static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = uri.getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    String method() {
        return method;
    }

    List<String> segments() {
        return segments;
    }

    Caller caller() {
        return caller;
    }

    String contentType() {
        return contentType;
    }

    /** As the client announced it, or null. */
    String contentLength() {
        return contentLength;
    }

    InputStream body() {
        return body;
    }

    Request as(Caller caller) {
        this.caller = caller;
        return this;
    }

    Request with(Map<String, String> variables) {
        this.variables = variables;
        return this;
    }

    /** A variable of the route's path. */
    String path(String name) {
        return variables.get(name);
    }

    String query(String name) {
        return query.get(name);
    }

    String query(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return query.containsKey(name) ? Boolean.parseBoolean(query.get(name)) : otherwise;
    }

    /** The body as a JSON object; none counts as an empty one. Read once, before any lock is taken. */
    ObjectNode json() {
        if (jsonOrNull() instanceof ObjectNode object) {
            return object;
        }
        if (json == null || json.isMissingNode() || json.isNull()) {
            return Json.object();
        }
        throw new ApiError(400, "com.google.gson.JsonSyntaxException", "Expected a JSON object in the request's body");
    }

    private JsonNode jsonOrNull() {
        if (json == null) {
            try {
                byte[] bytes = body.readNBytes(MAX_JSON);
                json = Json.MAPPER.readTree(bytes);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new ApiError(
                        400, "com.google.gson.JsonSyntaxException", "The request's body is not JSON: " + e.getOriginalMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return json;
    }

    /** Reads the body now, so that a slow client does not hold the node's lock. */
    void readAhead() {
        jsonOrNull();
    }
}
