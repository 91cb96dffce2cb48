package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import io.jenkins.plugins.projectdeployer.node.http.Waiting;
import java.time.Duration;

/**
 * A run of a scenario that was asked for: the node answers the fire of a trigger, the run itself appears later, or never
 * when the fire is cancelled (facts B6).
 */
public final class ScenarioRun {

    private static final ScenarioOutcome NO_RUN = new ScenarioOutcome(ScenarioOutcome.CANCELLED, null, null);

    private final NodeHttp http;
    private final NodeRequest begunBy;
    private final NodeRequest findRun;
    private final NodeRequest lookAtFire;
    private final NodeRequest abort;
    private final boolean cancelledAtOnce;
    private final Reference reference;

    /** How a run that was asked for is found again, by another controller too. */
    public record Reference(String triggerId, String triggerRunId) {}

    private ScenarioRun(
            NodeHttp http,
            NodeRequest begunBy,
            NodeRequest findRun,
            NodeRequest lookAtFire,
            NodeRequest abort,
            boolean cancelledAtOnce,
            Reference reference) {
        this.reference = reference;
        this.http = http;
        this.begunBy = begunBy;
        this.findRun = findRun;
        this.lookAtFire = lookAtFire;
        this.abort = abort;
        this.cancelledAtOnce = cancelledAtOnce;
    }

    static ScenarioRun begin(NodeHttp http, ApiPath scenarios, String id, NodeRequest run) throws NodeException {
        JsonNode fire = http.json(run);
        Reference reference =
                new Reference(fire.path("trigger").path("id").asText(""), fire.path("runId").asText(""));
        return of(http, scenarios, id, run, reference, fire.path("cancelled").asBoolean());
    }

    /** The run that somebody asked for earlier. */
    static ScenarioRun again(NodeHttp http, ApiPath scenarios, String id, NodeRequest run, Reference reference)
            throws NodeException {
        return of(http, scenarios, id, run, reference, false);
    }

    /** The same run, asked about by calls that heed another cancellation. */
    ScenarioRun by(NodeHttp other) {
        return new ScenarioRun(other, begunBy, findRun, lookAtFire, abort, cancelledAtOnce, reference);
    }

    /** How it is found again. */
    public Reference reference() {
        return reference;
    }

    private static ScenarioRun of(
            NodeHttp http, ApiPath scenarios, String id, NodeRequest run, Reference reference, boolean cancelled)
            throws NodeException {
        ApiPath scenario = scenarios.id("scenario id", id);
        return new ScenarioRun(
                http,
                run,
                NodeRequest.get(scenario.then("get-run-for-trigger"))
                        .query("triggerId", reference.triggerId())
                        .query("triggerRunId", reference.triggerRunId()),
                NodeRequest.get(scenarios.then("trigger").id("scenario id", id).id("trigger id", reference.triggerId()))
                        .query("triggerRunId", reference.triggerRunId()),
                NodeRequest.post(scenario.then("abort")),
                cancelled,
                reference);
    }

    /**
     * Waits for the end of the run, asking at least every 2 s. Who cancels aborts the scenario on the node too.
     *
     * @param limit after which the wait fails with a timeout; the scenario goes on
     */
    public ScenarioOutcome await(Duration limit, JobProgress progress) throws NodeException {
        if (cancelledAtOnce) {
            return NO_RUN;
        }
        Waiting waiting = new Waiting(http, begunBy, abort, limit);
        while (true) {
            JsonNode run = waiting.ask(findRun).path("scenarioRun");
            if (run.path("result").hasNonNull("outcome")) {
                return outcome(run);
            }
            if (run.isEmpty() && waiting.ask(lookAtFire).path("cancelled").asBoolean()) {
                return NO_RUN;
            }
            progress.running(waiting.soFar());
            waiting.pause();
        }
    }

    private static ScenarioOutcome outcome(JsonNode run) {
        JsonNode result = run.path("result");
        String message = result.path("thrown").path("message").asText(result.path("message").asText(null));
        return new ScenarioOutcome(result.path("outcome").asText(), run.path("runId").asText(null), message);
    }
}
