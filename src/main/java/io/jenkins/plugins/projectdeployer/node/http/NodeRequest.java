package io.jenkins.plugins.projectdeployer.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One call to a node's public API. Immutable; build it from {@link #get} and friends.
 *
 * @param method the HTTP method
 * @param path where, under {@code /public/api}
 * @param query names and values, in order; never part of a message
 * @param payload what is sent
 * @param patience how long the node may take
 */
public record NodeRequest(String method, ApiPath path, List<Parameter> query, Payload payload, Patience patience) {

    /** How long a call may take: see {@link NodeTimeouts}. */
    public enum Patience {
        /** Reads or writes a document. */
        SHORT,
        /** Makes the node work. */
        LONG
    }

    /** One query parameter. */
    public record Parameter(String name, String value) {

        /** Keeps values out of logs. */
        @Override
        public String toString() {
            return name + "=…";
        }
    }

    /** What goes into the body. */
    public sealed interface Payload {}

    /** No body at all. */
    public record Nothing() implements Payload {}

    /** A JSON document. */
    public record Document(JsonNode json) implements Payload {

        /** Documents can hold secrets of the node. */
        @Override
        public String toString() {
            return "Document";
        }
    }

    /** Octets as they are, from a caller that speaks HTTP itself. */
    public record Octets(byte[] octets, String contentType) implements Payload {

        /** Only the size. */
        @Override
        public String toString() {
            return "Octets[" + octets.length + "]";
        }
    }

    /** A file as the multipart part {@code file}, read from disk while it is sent. */
    public record Upload(Path file, String fileName, TransferProgress progress) implements Payload {}

    /** Freezes the query. */
    public NodeRequest {
        query = List.copyOf(query);
    }

    /** A short GET. */
    public static NodeRequest get(ApiPath path) {
        return new NodeRequest("GET", path, List.of(), new Nothing(), Patience.SHORT);
    }

    /** A short POST without a body. */
    public static NodeRequest post(ApiPath path) {
        return new NodeRequest("POST", path, List.of(), new Nothing(), Patience.SHORT);
    }

    /** A short PUT of a document. */
    public static NodeRequest put(ApiPath path, JsonNode json) {
        return new NodeRequest("PUT", path, List.of(), new Document(json), Patience.SHORT);
    }

    /** A short PUT without a body. */
    public static NodeRequest put(ApiPath path) {
        return new NodeRequest("PUT", path, List.of(), new Nothing(), Patience.SHORT);
    }

    /** A short DELETE. */
    public static NodeRequest delete(ApiPath path) {
        return new NodeRequest("DELETE", path, List.of(), new Nothing(), Patience.SHORT);
    }

    /** With one query parameter more; a null value adds none. */
    public NodeRequest query(String name, String value) {
        if (value == null) {
            return this;
        }
        List<Parameter> more = new ArrayList<>(query);
        more.add(new Parameter(name, value));
        return new NodeRequest(method, path, more, payload, patience);
    }

    /** With this body. */
    public NodeRequest sending(Payload body) {
        return new NodeRequest(method, path, query, body, patience);
    }

    /** With this JSON body. */
    public NodeRequest sending(JsonNode json) {
        return sending(new Document(json));
    }

    /** The same as a call that makes the node work. */
    public NodeRequest longCall() {
        return new NodeRequest(method, path, query, payload, Patience.LONG);
    }

    boolean changesNothing() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
