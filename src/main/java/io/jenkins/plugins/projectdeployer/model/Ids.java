package io.jenkins.plugins.projectdeployer.model;

import java.util.regex.Pattern;

/** The form of ids that we give out, and how names that others gave out are shown. */
public final class Ids {

    /** Letters, digits, {@code _ . -}; 64 characters at most; not starting with a sign, not ending in a dot. */
    public static final String FORM = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}";

    private static final Pattern VALID = Pattern.compile(FORM);
    private static final int LONGEST_SHOWN = 200;

    private Ids() {}

    /** Whether this can be the id of an infrastructure, deployment, design node or code env. */
    public static boolean isValid(String id) {
        return id != null && VALID.matcher(id).matches() && !id.endsWith(".");
    }

    /**
     * Text from outside made fit for a message or a log line: control characters, line and direction marks escaped, cut
     * at 200 characters.
     */
    public static String printable(String outside) {
        return printable(outside, LONGEST_SHOWN);
    }

    /** The same as a whole. */
    public static String oneLine(String outside) {
        return printable(outside, Integer.MAX_VALUE);
    }

    /** The same, cut at {@code longest} characters. */
    public static String printable(String outside, int longest) {
        if (outside == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder(Math.min(outside.length(), longest));
        int index = 0;
        while (index < outside.length() && shown.length() < longest) {
            int c = outside.codePointAt(index);
            index += Character.charCount(c);
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    shown.append(String.format("\\u%04x", c));
                default -> shown.appendCodePoint(c);
            }
        }
        return index < outside.length() ? shown.append('…').toString() : shown.toString();
    }
}
