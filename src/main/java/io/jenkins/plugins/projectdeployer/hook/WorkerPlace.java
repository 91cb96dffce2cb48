package io.jenkins.plugins.projectdeployer.hook;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where workers live on disk.
 *
 * @param directory holds their own directories and records
 * @param program the worker's Python file
 */
record WorkerPlace(Path directory, Path program) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A name that nobody else has or guesses. */
    String cookie() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Path home(String cookie) {
        return directory.resolve(cookie);
    }

    Path record(String cookie) {
        return directory.resolve(cookie + WorkerRecord.SUFFIX);
    }
}
