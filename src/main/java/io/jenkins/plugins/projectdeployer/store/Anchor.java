package io.jenkins.plugins.projectdeployer.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the journal that was written down elsewhere: whoever holds it can show that the journal up to there is
 * still the same.
 *
 * @param seq number of the entry, from 1; 0 stands for the empty journal
 * @param head SHA-256 of that entry, 64 lower-case hexadecimal digits
 */
public record Anchor(long seq, String head) {

    /** What the first entry is chained to. */
    public static final Anchor START = new Anchor(0, "0".repeat(64));

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):([0-9a-fA-F]{64})");

    public Anchor {
        if (seq < 0 || !isHash(head)) {
            throw new IllegalArgumentException("An anchor needs a number from 0 and 64 hexadecimal digits.");
        }
    }

    /**
     * Reads the form {@code SEQ:HEAD} that build logs carry.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static Anchor parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "An anchor looks like SEQ:HEAD, a number, a colon and 64 hexadecimal digits.");
        }
        return new Anchor(Long.parseLong(form.group(1)), form.group(2).toLowerCase(java.util.Locale.ROOT));
    }

    /** A plain loop: there is an anchor for every entry that is read. */
    private static boolean isHash(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return text.length() == 64;
    }

    @Override
    public String toString() {
        return seq + ":" + head;
    }
}
