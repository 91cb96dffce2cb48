package io.jenkins.plugins.projectdeployer.model;

/** How many of something there are, as people say it. */
public final class Amount {

    private Amount() {}

    /** {@code 1 approval}, {@code 2 approvals}. */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /** The same of what is not told by an s, such as {@code approval is} and {@code approvals are}. */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
