package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.node.http.TransferProgress;
import java.util.Locale;
import java.util.function.Consumer;

/** Turns bytes on their way into lines for people: every five seconds, and at the end; how much of it, and the rate. */
final class TransferLines implements TransferProgress {

    private static final long EVERY_NANOS = 5_000_000_000L;
    private static final double MB = 1_000_000;

    private final String what;
    private final Consumer<String> lines;
    private final long start = System.nanoTime();
    private long lastLine = start;

    TransferLines(String what, Consumer<String> lines) {
        this.what = what;
        this.lines = lines;
    }

    @Override
    public void transferred(long done, long total) {
        long now = System.nanoTime();
        if (done != total && now - lastLine < EVERY_NANOS) {
            return;
        }
        lastLine = now;
        double seconds = Math.max((now - start) / 1e9, 1e-3);
        String of = total < 0 || done == total ? "" : " of " + shown(total);
        lines.accept(what + ": " + shown(done) + of + ", " + shown((long) (done / seconds)) + "/s");
    }

    private static String shown(long bytes) {
        return bytes < MB ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3) : String.format(Locale.ROOT, "%.1f MB", bytes / MB);
    }
}
