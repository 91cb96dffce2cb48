package io.jenkins.plugins.projectdeployer.node.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A path under {@code /public/api}, every segment percent-encoded.
 *
 * <p>Stricter than a URL has to be: only letters, digits and {@code -._~} stay as they are, because servers treat
 * {@code ;} and friends in unlike ways; an id with a segment {@code .} or {@code ..} is refused even where its slashes
 * are encoded, because proxies decode before they route.
 */
public final class ApiPath {

    private static final String HEX = "0123456789ABCDEF";
    private static final int MAX_ID = 1024;

    private final String encoded;

    private ApiPath(String encoded) {
        this.encoded = encoded;
    }

    /** A path of fixed names, as in {@code of("projects", "")} for {@code /projects/}. */
    public static ApiPath of(String... names) {
        return new ApiPath("").then(names);
    }

    /**
     * Reads an encoded path that somebody else built, such as the client in a hook, and encodes it anew.
     *
     * @param path begins with a slash; no query
     */
    public static ApiPath fromEncoded(String path) throws NodeException {
        if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
            throw NodeException.invalid("The API path " + Words.quoted(path)
                    + " cannot be called: it must begin with a slash and have no query.");
        }
        ApiPath result = new ApiPath("");
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean trailingSlash = i == segments.length - 1 && segments[i].isEmpty();
            result = trailingSlash ? result.then("") : result.id("API path segment", decode(segments[i]));
        }
        return result;
    }

    /** Appends fixed names; an empty one at the end is a trailing slash. */
    public ApiPath then(String... names) {
        StringBuilder longer = new StringBuilder(encoded);
        for (String name : names) {
            longer.append('/').append(name);
        }
        return new ApiPath(longer.toString());
    }

    /**
     * Appends one segment that came from outside.
     *
     * @param what what it is, for the message: "bundle id"
     * @throws NodeException of kind INVALID for what cannot be a segment
     */
    public ApiPath id(String what, String value) throws NodeException {
        if (value == null || value.isEmpty()) {
            throw NodeException.invalid("The " + what + " is empty.");
        }
        if (value.length() > MAX_ID) {
            throw NodeException.invalid("The " + what + " " + Words.quoted(value) + " has " + value.length()
                    + " characters; a node is not asked for more than " + MAX_ID + ".");
        }
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw NodeException.invalid(refusal(what, value) + "it contains a control character.");
        }
        for (String part : value.split("[/\\\\]", -1)) {
            String bare = part.split(";", 2)[0];
            if (bare.equals(".") || bare.equals("..")) {
                throw NodeException.invalid(refusal(what, value) + "'.' and '..' lead elsewhere.");
            }
        }
        return new ApiPath(encoded + "/" + encode(what, value));
    }

    /** The encoded path, beginning with a slash: safe to print, holds no query. */
    @Override
    public String toString() {
        return encoded;
    }

    private static String refusal(String what, String value) {
        return "The " + what + " " + Words.quoted(value) + " cannot be part of a path on a node: ";
    }

    private static String encode(String what, String value) throws NodeException {
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (byte octet : utf8(what, value)) {
            char c = (char) (octet & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return out.toString();
    }

    private static byte[] utf8(String what, String value) throws NodeException {
        try {
            ByteBuffer octets = StandardCharsets.UTF_8
                    .newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(value));
            byte[] result = new byte[octets.remaining()];
            octets.get(result);
            return result;
        } catch (CharacterCodingException e) {
            throw NodeException.invalid(refusal(what, value) + "it is not valid Unicode.");
        }
    }

    private static String decode(String segment) throws NodeException {
        byte[] octets = new byte[segment.length() * 3];
        int length = 0;
        int at = 0;
        while (at < segment.length()) {
            char c = segment.charAt(at);
            if (c == '%') {
                int value = at + 3 <= segment.length() ? hex(segment.substring(at + 1, at + 3)) : -1;
                if (value < 0) {
                    throw NodeException.invalid(
                            "The API path segment " + Words.quoted(segment) + " has a broken percent-encoding.");
                }
                octets[length++] = (byte) value;
                at += 3;
            } else {
                int point = segment.codePointAt(at);
                for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    octets[length++] = octet;
                }
                at += Character.charCount(point);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw NodeException.invalid("The API path segment "
                    + Words.quoted(segment) + " is not valid UTF-8.");
        }
    }

    private static int hex(String digits) {
        try {
            return digits.startsWith("+") || digits.startsWith("-") ? -1 : Integer.parseInt(digits, 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
