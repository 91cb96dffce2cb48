package io.jenkins.plugins.projectdeployer.node;

/**
 * How a run of a scenario ended.
 *
 * @param outcome {@code SUCCESS}, {@code WARNING}, {@code FAILED}, {@code ABORTED}; {@code CANCELLED} where the node
 *     began no run because one was under way
 * @param runId null where no run was begun
 * @param message what the node says of the first error; null where it says nothing
 */
public record ScenarioOutcome(String outcome, String runId, String message) {

    /** The node began no run. */
    public static final String CANCELLED = "CANCELLED";

    /** Whether it ended well; a warning is well enough for Dataiku. */
    public boolean passed() {
        return outcome.equals("SUCCESS") || outcome.equals("WARNING");
    }
}
