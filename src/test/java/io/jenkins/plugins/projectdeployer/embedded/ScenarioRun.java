package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.LongSupplier;

/** One run that was asked for: first a fired trigger, then a run, then an outcome. Time alone moves it on. */
public final class ScenarioRun {
    private final String triggerRunId;
    private final String runId;
    private final ObjectNode scenario;
    private final String requestedBy;
    private final String runAs;
    private final String bundleId;
    private final long start;
    private final ScenarioOutcome planned;
    private final boolean cancelled;
    private final LongSupplier now;
    private long abortedAt = -1;

    ScenarioRun(NodeState state, Scenario scenario, String requestedBy, String bundleId, ScenarioOutcome planned, boolean cancelled) {
        int number = state.nextRun();
        this.triggerRunId = "trigger-" + number;
        this.runId = "run-" + number;
        this.scenario = scenario.definition.deepCopy();
        this.requestedBy = requestedBy;
        this.runAs = scenario.effectiveRunAs();
        this.bundleId = bundleId;
        this.start = state.scenarioStart();
        this.now = state::now;
        this.planned = planned;
        this.cancelled = cancelled;
    }

    String triggerRunId() {
        return triggerRunId;
    }

    public String runId() {
        return runId;
    }

    long start() {
        return start;
    }

    /** Whom it ran as. */
    public String runAs() {
        return runAs;
    }

    public String requestedBy() {
        return requestedBy;
    }

    /** The bundle that was active when it was asked for, or null. */
    public String bundleId() {
        return bundleId;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isStarted() {
        return !cancelled && now.getAsLong() >= start;
    }

    private long end() {
        return abortedAt >= 0 ? abortedAt : start + planned.duration().toMillis();
    }

    boolean isPending() {
        return !cancelled && now.getAsLong() < end();
    }

    void abort() {
        if (isPending()) {
            abortedAt = Math.max(start, now.getAsLong());
        }
    }

    /** The outcome, or null while it runs. */
    public String outcome() {
        if (cancelled || isPending()) {
            return null;
        }
        return abortedAt >= 0 ? "ABORTED" : planned.outcome();
    }

    String scenarioId() {
        return scenario.path("id").asText();
    }

    String scenarioName() {
        return scenario.path("name").asText(scenarioId());
    }

    String message() {
        return planned.message();
    }

    boolean isOf(String bundle) {
        return bundle == null || bundle.equals(bundleId);
    }

    boolean isTest() {
        return scenario.path("markedAsTest").asBoolean();
    }

    ObjectNode triggerFire() {
        ObjectNode fire = Json.object()
                .put("projectKey", scenario.path("projectKey").asText())
                .put("scenarioId", scenario.path("id").asText())
                .put("runId", triggerRunId)
                .put("timestamp", start)
                .put("cancelled", cancelled);
        fire.putObject("trigger").put("id", "manual").put("type", "manual").put("name", "Manual").put("active", true);
        return fire;
    }

    ObjectNode toJson() {
        ObjectNode run = Json.object().put("runId", runId).put("start", start);
        run.putObject("scenario")
                .put("projectKey", scenario.path("projectKey").asText())
                .put("id", scenario.path("id").asText())
                .put("name", scenario.path("name").asText())
                .put("markedAsTest", isTest());
        run.set("trigger", triggerFire());
        run.put("runAsUser", runAs);
        String outcome = outcome();
        run.put("end", outcome == null ? 0 : end());
        if (outcome != null) {
            ObjectNode result = run.putObject("result");
            result.put("type", "SCENARIO_DONE").put("outcome", outcome).put("start", start).put("end", end());
            if (outcome.equals("FAILED")) {
                result.set("thrown", thrown());
            }
        }
        return run;
    }

    ObjectNode details() {
        ObjectNode details = Json.object();
        details.set("scenarioRun", toJson());
        ObjectNode step = details.putArray("stepRuns").addObject();
        step.put("runId", runId + "-step-1").put("start", start).put("end", end());
        step.putObject("step").put("id", "step_1").put("name", "Step 1").put("type", "custom_python");
        step.putArray("additionalReportItems");
        String outcome = outcome();
        if (outcome != null) {
            ObjectNode result = step.putObject("result").put("type", "STEP_DONE").put("outcome", outcome);
            if (outcome.equals("FAILED")) {
                result.set("thrown", thrown());
            }
        }
        return details;
    }

    private ObjectNode thrown() {
        return Json.object()
                .put("clazz", "com.dataiku.dip.scheduler.StepFailedException")
                .put("title", "Step failed")
                .put("message", message())
                .put("stack", "")
                .put("code", "ERR_SCENARIO_STEP_FAILED");
    }

    @Override
    public String toString() {
        return scenario.path("id").asText() + " " + runId + " " + outcome();
    }
}
