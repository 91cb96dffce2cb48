package io.jenkins.plugins.projectdeployer.hook;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The package's logger; what hooks print never goes there. */
final class HookLog {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.projectdeployer.hook");

    private HookLog() {}

    static void warning(String message, Throwable cause) {
        LOGGER.log(Level.WARNING, message, cause);
    }

    static void warning(String message) {
        LOGGER.log(Level.WARNING, message);
    }

    static void fine(String message, Throwable cause) {
        LOGGER.log(Level.FINE, message, cause);
    }
}
