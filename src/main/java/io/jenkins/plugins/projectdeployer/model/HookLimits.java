package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The shared throttle of hooks and the bounds of one. Defaults: seed "Deployment hooks", facts A5.12.
 *
 * @param permits hooks that run at once on this controller
 * @param preWaitSeconds how long a pre-deployment hook waits for a permit, {@link #LONGEST_WAIT_SECONDS} at most
 * @param postWaitSeconds how long a post-deployment hook waits for one, likewise
 * @param timeLimitSeconds how long one hook may run
 * @param launcher arguments put before the worker's own command, to run hooks under another user; usually empty
 */
public record HookLimits(int permits, int preWaitSeconds, int postWaitSeconds, int timeLimitSeconds, List<String> launcher) {

    /** 3 permits, 10 s before, 60 s after, one hour for a hook. */
    public static final HookLimits DEFAULT = new HookLimits(3, 10, 60, 3600, List.of());

    /** A day: whoever waits longer for a hook has forgotten it. */
    public static final int LONGEST_WAIT_SECONDS = 86_400;

    public HookLimits {
        launcher = Text.list(launcher);
    }

    @JsonCreator
    static HookLimits of(
            @JsonProperty("permits") Integer permits,
            @JsonProperty("preWaitSeconds") Integer preWaitSeconds,
            @JsonProperty("postWaitSeconds") Integer postWaitSeconds,
            @JsonProperty("timeLimitSeconds") Integer timeLimitSeconds,
            @JsonProperty("launcher") List<String> launcher) {
        return new HookLimits(
                Text.orElse(permits, DEFAULT.permits),
                Text.orElse(preWaitSeconds, DEFAULT.preWaitSeconds),
                Text.orElse(postWaitSeconds, DEFAULT.postWaitSeconds),
                Text.orElse(timeLimitSeconds, DEFAULT.timeLimitSeconds),
                launcher);
    }
}
