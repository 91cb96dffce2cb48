package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One request, whichever way it came: Jenkins' servlet, a hook's pipe, a test's server.
 *
 * @param method such as {@code GET}
 * @param segments of the path below the API's root, decoded
 * @param query first value of each parameter, decoded
 * @param contentType of the body; null when it is not said
 * @param ifNoneMatch the ETag that the caller has; null when it has none
 * @param ifMatch the ETag that something must still have to be changed; null: whatever it has
 * @param body read once; empty when there is none
 * @param userId who asks: the key's user, or whoever is logged in
 */
record WebRequest(
        String method,
        List<String> segments,
        Map<String, String> query,
        String contentType,
        String ifNoneMatch,
        String ifMatch,
        InputStream body,
        String userId) {

    private static final int LARGEST_DOCUMENT = 8 << 20;

    WebRequest {
        segments = List.copyOf(segments);
        query = Collections.unmodifiableMap(query);
        body = body == null ? InputStream.nullInputStream() : body;
    }

    /**
     * A request as it came over the wire.
     *
     * @param rawPath below the API's root
     * @param rawQuery null: none
     * @param headers value of a header by its name; null where there is none
     * @param body null: none
     * @throws Refused when path or query cannot be read
     */
    static WebRequest of(
            String method, String rawPath, String rawQuery, UnaryOperator<String> headers, InputStream body, String userId) {
        return new WebRequest(method, segments(rawPath), query(rawQuery), headers.apply("Content-Type"),
                headers.apply("If-None-Match"), headers.apply("If-Match"), body, userId);
    }

    /**
     * The segments of a path as it stood in the request line; one slash at its end does not count.
     *
     * @throws Refused when it is not percent-encoded UTF-8
     */
    static List<String> segments(String rawPath) {
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        if (path.isEmpty()) {
            return List.of();
        }
        String[] raw = (path.endsWith("/") ? path.substring(0, path.length() - 1) : path).split("/", -1);
        // A plus is a plus in a path.
        return Arrays.stream(raw).map(segment -> decoded(segment.replace("+", "%2B"))).toList();
    }

    /** The parameters of a query as it stood in the request line; null: none. */
    static Map<String, String> query(String rawQuery) {
        Map<String, String> query = new LinkedHashMap<>();
        if (rawQuery != null) {
            for (String pair : rawQuery.split("&")) {
                String[] nameAndValue = pair.split("=", 2);
                query.putIfAbsent(decoded(nameAndValue[0]), nameAndValue.length == 2 ? decoded(nameAndValue[1]) : "");
            }
        }
        return query;
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("\"" + Ids.printable(raw) + "\" in the URL is not percent-encoded as it should be.");
        }
    }

    /** Whether this parameter says true, as Python writes it too; absent: not. What says neither must not pass for a no. */
    boolean flag(String name) {
        String value = query.get(name);
        if (value != null && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw Refused.invalid(name + " \"" + Ids.printable(value) + "\" must be true or false.");
        }
        return Boolean.parseBoolean(value);
    }

    /** Refuses parameters of other names, where one that is not understood would let something happen that was not wanted. */
    void noOtherThan(String... names) {
        Fields.known(query.keySet(), "parameter", List.of(names));
    }

    /** A parameter that is not blank. */
    String required(String name) {
        String value = query.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw Refused.invalid(name + " is missing: it must be given.");
        }
        return value;
    }

    /** A parameter that is a whole number, at least 1. */
    int number(String name, int otherwise) {
        String value = query.getOrDefault(name, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw Refused.invalid(name + " \"" + Ids.printable(value) + "\" must be a whole number, 1 at least.");
    }

    /** {@link #json(Collection)}. */
    ObjectNode json(String field, String... others) throws IOException {
        return json(Stream.concat(Stream.of(field), Arrays.stream(others)).toList());
    }

    /**
     * The body as a JSON object, whatever its content type says: Dataiku's client names none (facts B0).
     *
     * @param fields that it may have: another one that says something is refused, since it would do nothing
     */
    ObjectNode json(Collection<String> fields) throws IOException {
        ObjectNode document = document();
        Fields.known(document, "the document", fields);
        return document;
    }

    /** Refuses a body that says something, where none is looked at. */
    void noDocument() throws IOException {
        byte[] octets = body.readNBytes(LARGEST_DOCUMENT);
        if (!new String(octets, StandardCharsets.UTF_8).isBlank() && !Json.MAPPER.createObjectNode().equals(parsed(octets))) {
            throw Refused.invalid("No document is looked at here, so none may say anything: what there is to say stands in the query, if at all.");
        }
    }

    private ObjectNode document() throws IOException {
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            // Whoever looked for a password in the form has read the body already.
            throw Refused.invalid("Send the document with Content-Type application/json, not as a form.");
        }
        byte[] octets = body.readNBytes(LARGEST_DOCUMENT + 1);
        if (octets.length > LARGEST_DOCUMENT) {
            throw Refused.invalid("The body is larger than " + (LARGEST_DOCUMENT >> 20) + " MiB.");
        }
        if (parsed(octets) instanceof ObjectNode object) {
            return object;
        }
        throw Refused.invalid("The body must be a JSON object.");
    }

    private static JsonNode parsed(byte[] octets) throws IOException {
        try {
            return Json.MAPPER.readTree(octets);
        } catch (JsonProcessingException e) {
            throw Refused.invalid("The body is not JSON: " + Ids.printable(e.getOriginalMessage()) + ".");
        }
    }

    /** Without what a log should not hold: values in the query, the body. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", segments.stream().map(Ids::printable).toList());
    }
}
