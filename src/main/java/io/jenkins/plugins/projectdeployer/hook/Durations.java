package io.jenkins.plugins.projectdeployer.hook;

import java.time.Duration;
import java.util.Locale;

/** Durations in the words of a message. */
final class Durations {
    private Durations() {}

    /** {@code 250 ms}, {@code 10 s}, {@code 1.5 s}, {@code 5 min}. */
    static String text(Duration duration) {
        long ms = duration.toMillis();
        if (ms < 1000) {
            return ms + " ms";
        }
        if (ms >= 120_000 && ms % 60_000 == 0) {
            return ms / 60_000 + " min";
        }
        return ms % 1000 == 0 ? ms / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
}
