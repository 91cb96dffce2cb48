package io.jenkins.plugins.projectdeployer.deployment;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Hears all that the plugin logs, of every level, from all tests that run meanwhile. */
final class LogListener extends Handler implements AutoCloseable {

    private static final Logger PLUGIN = Logger.getLogger("io.jenkins.plugins.projectdeployer");

    private final Consumer<String> lines;
    private final Level before = PLUGIN.getLevel();

    LogListener(Consumer<String> lines) {
        this.lines = lines;
        PLUGIN.addHandler(this);
        PLUGIN.setLevel(Level.ALL);
    }

    @Override
    public synchronized void publish(LogRecord line) {
        lines.accept(new SimpleFormatter().format(line));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        PLUGIN.removeHandler(this);
        PLUGIN.setLevel(before);
    }
}
