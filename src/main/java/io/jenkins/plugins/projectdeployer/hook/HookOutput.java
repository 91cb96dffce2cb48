package io.jenkins.plugins.projectdeployer.hook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a hook prints: the first part is kept, the rest is counted, so a hook that prints without end costs nothing.
 * Used by one thread.
 */
final class HookOutput {
    /** Bytes that are kept: 1 MiB. */
    static final int KEPT = 1 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int beyond;
    private long total;

    /** @param beyond bytes to keep beyond the limit, so that a secret which crosses it is still recognised */
    HookOutput(int beyond) {
        this.beyond = beyond;
    }

    void take(byte[] bytes, int length) {
        int room = Math.min(length, KEPT + beyond - kept.size());
        if (room > 0) {
            kept.write(bytes, 0, room);
        }
        total += length;
    }

    /** The kept part as text, masked; bytes that are no UTF-8 are replaced. */
    String text(SecretMask mask) {
        String text = mask.mask(kept.toString(StandardCharsets.UTF_8));
        // Where bytes were dropped, the end may be the beginning of a secret.
        return total > kept.size() ? text.substring(0, Math.max(0, text.length() - beyond)) : text;
    }

    long leftOut() {
        return Math.max(0, total - KEPT);
    }
}
