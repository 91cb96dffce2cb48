package io.jenkins.plugins.projectdeployer.embedded;

import java.time.Duration;

/**
 * How a scenario shall end when it runs on the embedded node.
 *
 * @param outcome SUCCESS, WARNING, FAILED or ABORTED
 * @param duration how long it runs
 * @param message what its failed step says
 */
public record ScenarioOutcome(String outcome, Duration duration, String message) {
    public static final ScenarioOutcome SUCCESS = ends("SUCCESS");

    public static ScenarioOutcome ends(String outcome) {
        return new ScenarioOutcome(outcome, Duration.ZERO, "Step 1 ended with " + outcome);
    }

    public ScenarioOutcome after(Duration duration) {
        return new ScenarioOutcome(outcome, duration, message);
    }

    public ScenarioOutcome saying(String message) {
        return new ScenarioOutcome(outcome, duration, message);
    }
}
