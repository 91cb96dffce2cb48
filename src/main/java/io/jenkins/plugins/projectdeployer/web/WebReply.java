package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a request is answered.
 *
 * @param status of HTTP
 * @param headers besides length
 * @param length of the body in bytes; {@link #ANY_LENGTH} where nobody knows before it has been made
 * @param body opened once, by whoever sends it
 */
public record WebReply(int status, Map<String, String> headers, long length, Body body) {

    /** Of a body that is made while it is sent. */
    public static final long ANY_LENGTH = -1;

    private static final Logger LOGGER = Logger.getLogger(WebReply.class.getName());

    /** Where the body comes from. */
    @FunctionalInterface
    public interface Body {

        /** From the start; the caller closes it. */
        InputStream open() throws IOException;
    }

    public WebReply {
        headers = Map.copyOf(headers);
    }

    /** JSON, with status 200. */
    static WebReply json(JsonNode node) {
        return json(200, node);
    }

    static WebReply json(int status, JsonNode node) {
        try {
            byte[] octets = Json.MAPPER.writeValueAsBytes(node);
            return new WebReply(status, Map.of("Content-Type", "application/json;charset=utf-8"), octets.length,
                    () -> new ByteArrayInputStream(octets));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer could not be written as JSON", e);
        }
    }

    /** Done, with nothing to say. */
    static WebReply done() {
        return json(Json.MAPPER.createObjectNode());
    }

    /** What the caller has is still right. */
    static WebReply notModified(String tag) {
        return new WebReply(304, Map.of("ETag", tag), 0, InputStream::nullInputStream);
    }

    /** Dataiku's shape of an error (facts B0). */
    static WebReply error(int status, String type, String message) {
        return json(status, Json.MAPPER.createObjectNode()
                .put("errorType", type)
                .put("message", message)
                .put("detailedMessage", message));
    }

    /** What broke, without what the system says of it: that holds paths of the controller, and belongs into its log. */
    static WebReply broken(IOException e) {
        String what = e instanceof FileSystemException
                ? "A file of the controller could not be read or written; its log says which and why."
                : "The request broke off while something was read or written; the controller's log has the details.";
        return error(500, "IO", what);
    }

    /** An answer that can be sent: its body is open; the caller closes it. */
    public record Opened(WebReply reply, InputStream content) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /** This answer with its body open; where that is gone by now or cannot be read, an answer that says so instead. */
    public Opened opened() throws IOException {
        try {
            return new Opened(this, body.open());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "An answer's body could not be opened", e);
            WebReply instead = e instanceof NoSuchFileException || e instanceof FileNotFoundException
                    ? refused(new Refused(Refused.Reason.NOT_FOUND, "What was asked for has been removed in this moment."))
                    : broken(e);
            return new Opened(instead, instead.body.open());
        }
    }

    /** A refusal in that shape. */
    public static WebReply refused(Refused refused) {
        int status = switch (refused.reason()) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
            case NO_SPACE -> 507;
            case UNAVAILABLE -> 503;
        };
        return error(status, refused.reason().name(), refused.getMessage());
    }

    /** The same answer with one header more. */
    WebReply with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new WebReply(status, more, length, body);
    }
}
