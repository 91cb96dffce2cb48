package io.jenkins.plugins.projectdeployer.bench;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a benchmark must reach: said beside what was measured, and remembered where it was not reached. */
final class Limit {

    private static final AtomicBoolean MISSED = new AtomicBoolean();

    private Limit() {}

    /** Prints whether a ratio keeps to its limit. */
    static void atMost(double limit, String what, double ratio) {
        boolean kept = ratio <= limit;
        if (!kept) {
            MISSED.set(true);
        }
        System.out.printf(Locale.ROOT, "%s: ratio %.2f, at most %.2f is asked for: %s%n", what, ratio, limit, kept ? "kept" : "MISSED");
    }

    /** Whether any limit was missed so far: the JVM is to end with 1 then. */
    static boolean missed() {
        return MISSED.get();
    }
}
