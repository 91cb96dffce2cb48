package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.hook.HookHttp.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a hook's calls under the API root: the path that a worker names is refused when any server on the way could
 * read it as leading elsewhere, however it is encoded.
 */
final class HookPath {
    private static final int LONGEST = 8192;
    private static final int DECODINGS = 4;
    private static final String UNSAFE = "\"<>\\^`{|}#";

    private HookPath() {}

    /** Returns the path and query as they came when they are harmless. */
    static String check(String pathAndQuery) throws Failure {
        String shown = pathAndQuery.length() > 200 ? pathAndQuery.substring(0, 200) + "..." : pathAndQuery;
        if (!pathAndQuery.startsWith("/") || pathAndQuery.startsWith("//")) {
            throw refused(shown, "it must begin with one slash, as in /projects/");
        }
        if (pathAndQuery.length() > LONGEST) {
            throw refused(shown, "it is longer than " + LONGEST + " characters");
        }
        for (int i = 0; i < pathAndQuery.length(); i++) {
            char c = pathAndQuery.charAt(i);
            if (c <= ' ' || c >= 0x7f || UNSAFE.indexOf(c) >= 0) {
                throw refused(shown, String.format("character U+%04X must be percent-encoded", (int) c));
            }
        }
        int query = pathAndQuery.indexOf('?');
        checkSegments(query < 0 ? pathAndQuery : pathAndQuery.substring(0, query), shown);
        return pathAndQuery;
    }

    private static void checkSegments(String path, String shown) throws Failure {
        String decoded = path;
        for (int round = 0; round < DECODINGS; round++) {
            for (String segment : decoded.split("[/\\\\]", -1)) {
                int parameters = segment.indexOf(';');
                String name = parameters < 0 ? segment : segment.substring(0, parameters);
                if (name.equals(".") || name.equals("..")) {
                    throw refused(shown, "it has a dot segment");
                }
            }
            if (decoded.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw refused(shown, "it has a control character");
            }
            String next = decode(decoded, shown, round == 0);
            if (next.equals(decoded)) {
                return;
            }
            decoded = next;
        }
        throw refused(shown, "it is percent-encoded several times over");
    }

    private static String decode(String text, String shown, boolean strict) throws Failure {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high >= 0 && low >= 0) {
                    out.write(high << 4 | low);
                    i += 2;
                    continue;
                }
                if (strict) {
                    throw refused(shown, "a percent sign must be followed by two hexadecimal digits");
                }
            }
            out.write(bytes[i]);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Failure refused(String shown, String why) {
        StringBuilder printable = new StringBuilder();
        shown.chars().forEach(c -> printable.append(c < ' ' || c >= 0x7f ? String.format("\\u%04x", c) : (char) c + ""));
        return new Failure(
                Failure.Kind.REFUSED, "The path " + printable + " is refused, the call was not sent: " + why);
    }
}
