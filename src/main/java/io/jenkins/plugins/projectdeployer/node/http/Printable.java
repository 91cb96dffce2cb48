package io.jenkins.plugins.projectdeployer.node.http;

/** Text from outside made fit for one line of a message: nothing invisible, nothing endless. */
public final class Printable {

    private Printable() {}

    /**
     * The text with control, format and separator characters and broken surrogates written as escapes, cut after so
     * many characters.
     */
    public static String of(String text, int limit) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 16);
        int at = 0;
        while (at < text.length()) {
            if (out.length() >= limit) {
                return out.append('…').toString();
            }
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (isPlain(point)) {
                out.appendCodePoint(point);
            } else {
                escape(out, point);
            }
        }
        return out.toString();
    }

    /** Up to 200 characters in single quotes: for ids and names. */
    public static String quoted(String text) {
        return text == null ? "(none)" : "'" + of(text, 200) + "'";
    }

    static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static void escape(StringBuilder out, int point) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (point > 0xFFFF) {
                    out.append(String.format("\\u{%X}", point));
                } else {
                    out.append(String.format("\\u%04X", point));
                }
            }
        }
    }
}
