package io.jenkins.plugins.projectdeployer.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a hook ended. Secrets are masked in every text.
 *
 * @param status what it means for the deployment
 * @param ending what happened, for those who need more than the status
 * @param message the hook's own message, or one sentence that says what went wrong
 * @param traceback Python's, or empty
 * @param output what it printed: the first part, see {@code outputLeftOut}
 * @param outputLeftOut bytes printed beyond the part that is kept
 * @param calls what it asked of the node and the deployer: the first thousand, see {@code callsLeftOut}
 * @param callsLeftOut calls beyond those that are kept
 * @param killed processes that it left behind and that were ended, such as {@code sleep (4711)}
 * @param startedAt when its slot was free
 * @param duration from then until the last of its processes was gone
 */
public record HookOutcome(
        HookStatus status,
        Ending ending,
        String message,
        String traceback,
        String output,
        long outputLeftOut,
        List<HookCall> calls,
        long callsLeftOut,
        List<String> killed,
        Instant startedAt,
        Duration duration) {

    /** What happened. */
    public enum Ending {
        /** It returned a {@code HookResult}. */
        RETURNED,
        /** It raised, does not compile, has no {@code execute} or returned something else. */
        FAILED,
        /** Its worker ended before it had returned. */
        DIED,
        /** It ran longer than its time limit and was killed. */
        TIMED_OUT,
        /** Somebody aborted the update, and it was killed. */
        ABORTED,
        /** Its worker could not be started; the hook's code has not run. */
        NOT_STARTED
    }

    public HookOutcome {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(traceback, "traceback");
        Objects.requireNonNull(output, "output");
        calls = List.copyOf(calls);
        killed = List.copyOf(killed);
    }
}
