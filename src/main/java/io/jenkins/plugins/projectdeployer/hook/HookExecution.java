package io.jenkins.plugins.projectdeployer.hook;

import java.util.concurrent.CompletableFuture;

/** A hook that waits for its slot or runs. */
public interface HookExecution {
    /**
     * How it ended. Completes when its slot is free again, that is when the last of its processes is gone.
     * Exceptionally with {@link NoHookSlot} or {@link HookNotApproved}: then the hook has not run. Cancelling this
     * future does not stop the hook; {@link #abort} does.
     */
    CompletableFuture<HookOutcome> outcome();

    /**
     * Stops it wherever it stands; a running hook is killed with all its processes, and the outcome says so.
     *
     * @param reason becomes part of the outcome's message, such as {@code update 41 was aborted by alice}
     */
    void abort(String reason);
}
