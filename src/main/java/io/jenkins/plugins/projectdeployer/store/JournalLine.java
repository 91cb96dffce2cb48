package io.jenkins.plugins.projectdeployer.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * The bytes of one entry: one line of JSON in a fixed order of keys.
 *
 * <pre>{"hash":"…","prev":"…","seq":7,"with":1,"at":"…","type":"…","payloadSha256":"…","facts":{…},"payload":…}</pre>
 *
 * <p>{@code with} says how many entries before it were added at once with it; it is left out where none was.
 *
 * <p>The hash is SHA-256 over exactly the bytes from {@code "prev"} to the end of {@code facts}. The payload stands
 * outside and is bound by its digest inside, so retention can cut it off and leave every hash as it was.
 */
final class JournalLine {

    /** An entry larger than this is a mistake of the caller; the reader relies on the bound, too. */
    static final int MAX_BYTES = 16 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().nodeFactory(new SharedTexts()).build();
    private static final int HASHED_FROM = "{\"hash\":\"".length() + 64 + "\",".length();

    private static final String WITH = ",\"with\":";

    private JournalLine() {}

    /** One line, its newline included. */
    record Written(byte[] bytes, Entry entry) {}

    /** The line is not one that was written here; the message says what is wrong with it. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    static Written write(Anchor head, Instant at, String type, ObjectNode facts, JsonNode payload) {
        return write(head, 0, at, type, facts, payload);
    }

    static Written write(Anchor head, int with, Instant at, String type, ObjectNode facts, JsonNode payload) {
        long seq = head.seq() + 1;
        byte[] factBytes = bytes(facts);
        byte[] payloadBytes = payload == null ? null : bytes(payload);
        String payloadDigest = payloadBytes == null ? null : Digests.sha256(payloadBytes, 0, payloadBytes.length);

        ByteArrayOutputStream hashed = new ByteArrayOutputStream(factBytes.length + 256);
        hashed.writeBytes(("\"prev\":\"" + head.head() + "\",\"seq\":" + seq + (with == 0 ? "" : WITH + with) + ",\"at\":\"" + at + "\",\"type\":\"" + type
                        + "\"" + (payloadDigest == null ? "" : ",\"payloadSha256\":\"" + payloadDigest + "\"")
                        + ",\"facts\":")
                .getBytes(ISO_8859_1));
        hashed.writeBytes(factBytes);
        String hash = Digests.sha256(hashed.toByteArray(), 0, hashed.size());

        ByteArrayOutputStream line = new ByteArrayOutputStream(
                HASHED_FROM + hashed.size() + (payloadBytes == null ? 0 : payloadBytes.length) + 16);
        line.writeBytes(("{\"hash\":\"" + hash + "\",").getBytes(ISO_8859_1));
        line.writeBytes(hashed.toByteArray());
        if (payloadBytes != null) {
            line.writeBytes(",\"payload\":".getBytes(ISO_8859_1));
            line.writeBytes(payloadBytes);
        }
        line.writeBytes("}\n".getBytes(ISO_8859_1));
        return new Written(line.toByteArray(),
                new Entry(seq, at.toString(), type, factBytes, payloadDigest, payloadBytes, head.head(), hash)
                        .knowing(at, facts));
    }

    /** Reads a line without its newline. */
    static Entry read(byte[] buffer, int from, int to) throws Malformed {
        Cursor cursor = new Cursor(buffer, from, to);
        cursor.skip("{\"hash\":\"");
        String hash = cursor.hash();
        cursor.skip("\",\"prev\":\"");
        String previous = cursor.hash();
        cursor.skip("\",\"seq\":");
        long seq = cursor.number();
        if (cursor.startsWith(WITH)) {
            cursor.skip(WITH);
            cursor.number();
        }
        cursor.skip(",\"at\":\"");
        String at = cursor.upToQuote();
        cursor.skip("\",\"type\":\"");
        String type = cursor.upToQuote();
        String payloadDigest = null;
        if (cursor.startsWith("\",\"payloadSha256\":\"")) {
            cursor.skip("\",\"payloadSha256\":\"");
            payloadDigest = cursor.hash();
        }
        cursor.skip("\",\"facts\":");
        int factsFrom = cursor.at;
        cursor.skipObject();
        int factsEnd = cursor.at;
        if (!Digests.sha256(buffer, from + HASHED_FROM, factsEnd - from - HASHED_FROM).equals(hash)) {
            throw new Malformed("the hash does not fit what the entry says");
        }
        byte[] payload = null;
        if (cursor.startsWith(",\"payload\":")) {
            cursor.skip(",\"payload\":");
            if (cursor.at >= to) {
                throw new Malformed("the payload is missing");
            }
            payload = Arrays.copyOfRange(buffer, cursor.at, to - 1);
            if (payloadDigest == null || !Digests.sha256(payload, 0, payload.length).equals(payloadDigest)) {
                throw new Malformed("the payload does not fit its digest");
            }
            cursor.at = to - 1;
        }
        cursor.skip("}");
        if (cursor.at != to) {
            throw new Malformed("there is text after the entry");
        }
        byte[] facts = Arrays.copyOfRange(buffer, factsFrom, factsEnd);
        return new Entry(seq, at, type, facts, payloadDigest, payload, previous, hash);
    }

    /** How many entries before it were added at once with it. */
    static int with(byte[] buffer, int from, int to) throws Malformed {
        read(buffer, from, to);
        Cursor cursor = new Cursor(buffer, from + HASHED_FROM, to);
        cursor.skip("\"prev\":\"");
        cursor.hash();
        cursor.skip("\",\"seq\":");
        cursor.number();
        if (!cursor.startsWith(WITH)) {
            return 0;
        }
        cursor.skip(WITH);
        return (int) cursor.number();
    }

    /** The line that {@code entry} was read from, without its payload, newline included; its hash still fits. */
    static byte[] withoutPayload(Entry entry, byte[] buffer, int from, int to) {
        int payload = entry.payloadBytes() == null ? 0 : ",\"payload\":".length() + entry.payloadBytes().length;
        byte[] line = Arrays.copyOfRange(buffer, from, to - payload + 1);
        line[line.length - 2] = '}';
        line[line.length - 1] = '\n';
        return line;
    }

    static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Cursor {
        private final byte[] bytes;
        private final int to;
        private int at;

        Cursor(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.at = from;
            this.to = to;
        }

        boolean startsWith(String text) {
            if (to - at < text.length()) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (bytes[at + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        void skip(String text) throws Malformed {
            if (!startsWith(text)) {
                throw new Malformed("expected " + text);
            }
            at += text.length();
        }

        /** 64 characters; comparing them with what they should be shows whether they are digits. */
        String hash() throws Malformed {
            if (to - at < 64) {
                throw new Malformed("a hash is cut short");
            }
            String hash = new String(bytes, at, 64, ISO_8859_1);
            at += 64;
            return hash;
        }

        long number() throws Malformed {
            int start = at;
            long value = 0;
            while (at < to && at - start < 18 && bytes[at] >= '0' && bytes[at] <= '9') {
                value = value * 10 + bytes[at++] - '0';
            }
            if (at == start) {
                throw new Malformed("\"seq\" is no number");
            }
            return value;
        }

        /** Finds the end of a JSON object; whether it is well-formed inside, its hash says. */
        void skipObject() throws Malformed {
            boolean inText = false;
            int depth = 0;
            for (; at < to; at++) {
                byte c = bytes[at];
                if (inText) {
                    if (c == '\\') {
                        at++;
                    } else if (c == '"') {
                        inText = false;
                    }
                } else if (c == '"') {
                    inText = true;
                } else if (c == '{') {
                    depth++;
                } else if (c == '}' && --depth == 0) {
                    at++;
                    return;
                }
                if (depth == 0) {
                    break;
                }
            }
            throw new Malformed("facts are no JSON object");
        }

        String upToQuote() throws Malformed {
            int start = at;
            while (at < to && bytes[at] != '"') {
                at++;
            }
            return new String(bytes, start, at - start, UTF_8);
        }
    }
}
