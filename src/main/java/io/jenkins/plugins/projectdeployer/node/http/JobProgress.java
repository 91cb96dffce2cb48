package io.jenkins.plugins.projectdeployer.node.http;

import java.time.Duration;

/** Told while a node works in the background. Called on the waiting thread. */
@FunctionalInterface
public interface JobProgress {

    /** For those who do not watch. */
    JobProgress NONE = running -> {};

    /** The node is still at it, for so long by its own clock. */
    void running(Duration running);
}
