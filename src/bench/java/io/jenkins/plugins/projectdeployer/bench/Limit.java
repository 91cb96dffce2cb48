package io.jenkins.plugins.projectdeployer.bench;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a benchmark must reach: said beside what was measured, and remembered where it was not reached. */
final class Limit {

    private static final AtomicBoolean MISSED = new AtomicBoolean();

    private Limit() {}

    /** Prints whether what was measured, as a rule a ratio, keeps to its limit. */
    static void atMost(double limit, String what, double measured) {
        said(measured <= limit, what, measured, "most", limit);
    }

    /** The other way round. */
    static void atLeast(double limit, String what, double measured) {
        said(measured >= limit, what, measured, "least", limit);
    }

    private static void said(boolean kept, String what, double measured, String end, double limit) {
        if (!kept) {
            MISSED.set(true);
        }
        System.out.printf(Locale.ROOT, "%s: %.2f, at %s %.2f is asked for: %s%n", what, measured, end, limit, kept ? "kept" : "MISSED");
    }

    /** Whether any limit was missed so far: the JVM is to end with 1 then. */
    static boolean missed() {
        return MISSED.get();
    }
}
