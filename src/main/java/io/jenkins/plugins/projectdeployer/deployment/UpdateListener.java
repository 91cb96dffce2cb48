package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;

/** Whoever follows one update. Called from the engine's threads, in order; must not block for long. */
public interface UpdateListener {

    /** One line for the build log: what happens, where, how far. */
    void progress(String line);

    /** The update stands elsewhere: queued, running, waiting. */
    void changed(Update update);

    /** The update has ended. Said once to each listener, and at once to one who comes later. */
    void ended(Update update);
}
