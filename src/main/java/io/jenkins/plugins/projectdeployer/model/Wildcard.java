package io.jenkins.plugins.projectdeployer.model;

import java.util.Locale;

/** Patterns in which {@code *} stands for any run of characters, and everything else for itself. */
public final class Wildcard {

    private Wildcard() {}

    /**
     * Whether the whole of {@code text} matches. Each part between stars is looked for once and never again further on, so
     * that a pattern with many stars is no longer work than one with few.
     */
    public static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return text.equals(pattern);
        }
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return text.length() - last.length() >= at && text.endsWith(last);
    }

    /** The same for an id of ours, in which case says nothing. */
    public static boolean matchesId(String pattern, String id) {
        return matches(pattern.toLowerCase(Locale.ROOT), id.toLowerCase(Locale.ROOT));
    }
}
