package io.jenkins.plugins.projectdeployer.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns in which {@code *} stands for any run of characters, and everything else for itself. */
public final class Wildcard {

    private Wildcard() {}

    /** Whether the whole of {@code text} matches. */
    public static boolean matches(String pattern, String text) {
        String regex = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }

    /** The same for an id of ours, in which case says nothing. */
    public static boolean matchesId(String pattern, String id) {
        return matches(pattern.toLowerCase(Locale.ROOT), id.toLowerCase(Locale.ROOT));
    }
}
