package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.time.Duration;

/** One run of a scenario, from its trigger to its outcome (facts B6). */
final class ScenarioStart {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final NodeHttp node;
    private final ApiPath path;
    private final String id;

    ScenarioStart(NodeHttp node, ApiPath path, String id) {
        this.node = node;
        this.path = path;
        this.id = id;
    }

    /** Starts it and waits; {@code SUCCESS, WARNING, FAILED, ABORTED}, or {@code CANCELLED} when it was running already. */
    String outcome(Cancellation cancellation) throws NodeException, InterruptedException {
        JsonNode fired = node.json(NodeRequest.post(path.then("run")).sending(NodeJson.object()));
        String trigger = fired.path("trigger").path("id").asText();
        String fire = fired.path("runId").asText();
        Duration pause = FIRST_PAUSE;
        while (true) {
            if (cancellation.await(pause)) {
                node.watching(new Cancellation()).send(NodeRequest.post(path.then("abort")));
                return "ABORTED";
            }
            JsonNode run = node.json(NodeRequest.get(path.then("get-run-for-trigger"))
                    .query("triggerId", trigger).query("triggerRunId", fire)).path("scenarioRun");
            String outcome = run.path("result").path("outcome").asText("");
            if (!outcome.isEmpty()) {
                return Ids.printable(outcome);
            }
            if (run.isMissingNode() && wasCancelled(trigger, fire)) {
                return "CANCELLED";
            }
            pause = pause.multipliedBy(3).dividedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }

    private boolean wasCancelled(String trigger, String fire) throws NodeException {
        ApiPath state = ApiPath.fromEncoded(path.toString().replaceFirst("/scenarios/[^/]*$", "/scenarios/trigger"))
                .id("scenario", id).id("trigger", trigger);
        return node.json(NodeRequest.get(state).query("triggerRunId", fire)).path("cancelled").asBoolean();
    }
}
