package io.jenkins.plugins.projectdeployer;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened so far: closed in the opposite order, each part even when another one fails at it. */
final class Opened implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** @throws IllegalStateException when a part could not be closed, with what it said; further ones are suppressed */
    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                IllegalStateException failed = new IllegalStateException(
                        "The deployer could not close its " + part.getClass().getSimpleName() + ": " + e.getMessage(), e);
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
