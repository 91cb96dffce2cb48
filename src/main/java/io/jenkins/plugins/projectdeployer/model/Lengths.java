package io.jenkins.plugins.projectdeployer.model;

/** How long texts may be that people write for people: they are recorded for ever, and some again with each later event. */
public final class Lengths {

    /** Characters of a reason, and of all tags of a deployment together. */
    public static final int REASON = 4_000;

    /** Characters of release notes, in which a list of changes may stand. */
    public static final int RELEASE_NOTES = 20_000;

    private Lengths() {}

    /**
     * The text, if it is not too long.
     *
     * @param field how the refusal calls it
     * @param written may be null
     * @throws Refused {@code INVALID} when it has more characters than {@code longest}
     */
    public static String checked(String field, String written, int longest) {
        if (written != null && written.length() > longest) {
            throw Refused.invalid(String.format(java.util.Locale.ROOT, "%s has %,d characters, and %,d at most are recorded: shorten it.",
                    field, written.length(), longest));
        }
        return written;
    }
}
