package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scenarios of one project on a node. Source: facts B6. */
public final class Scenarios {

    /**
     * A scenario as the node lists it; its run-as user stands only in the whole document.
     *
     * @param active whether its triggers are on
     * @param test whether it is marked as a test
     */
    public record Summary(String id, String name, boolean active, boolean running, boolean test) {}

    /**
     * The run of a scenario that was begun last.
     *
     * @param outcome {@code SUCCESS}, {@code WARNING}, {@code FAILED}, {@code ABORTED}; null while it goes on
     */
    public record LastRun(String runId, String outcome) {}

    private final NodeHttp http;
    private final ApiPath path;

    Scenarios(NodeHttp http, ApiPath project) {
        this.http = http;
        this.path = project.then("scenarios");
    }

    /** All scenarios. */
    public List<Summary> list() throws NodeException {
        List<Summary> scenarios = new ArrayList<>();
        for (JsonNode json : http.json(NodeRequest.get(path.then("")))) {
            scenarios.add(new Summary(
                    json.path("id").asText(),
                    json.path("name").asText(null),
                    json.path("active").asBoolean(),
                    json.path("running").asBoolean(),
                    json.path("markedAsTest").asBoolean()));
        }
        return scenarios;
    }

    /** The whole definition: {@code active}, {@code runAsUser}, triggers, steps. */
    public NodeDocument document(String id) throws NodeException {
        return new NodeDocument(http, path.id("scenario id", id));
    }

    /** The run that was begun last; empty when there was none. */
    public Optional<LastRun> lastRun(String id) throws NodeException {
        JsonNode runs = http.json(NodeRequest.get(path.id("scenario id", id).then("get-last-runs")).query("limit", "1"));
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        JsonNode run = runs.get(0);
        return Optional.of(new LastRun(run.path("runId").asText(null), run.path("result").path("outcome").asText(null)));
    }

    /**
     * How the runs of scenarios that are marked as tests ended, as the node counts them: {@code nbTotalRanScenarios} and
     * {@code nbScenariosPerOutcome}.
     *
     * @param bundleId of the bundle under which they ran; null: any
     */
    public JsonNode testingStatus(String bundleId) throws NodeException {
        return http.json(NodeRequest.get(path.then("testing-status")).query("bundleId", bundleId));
    }

    /** Starts a run, or finds out that none was started because the scenario runs already. Never repeated. */
    public ScenarioRun run(String id) throws NodeException {
        ApiPath run = path.id("scenario id", id).then("run");
        return ScenarioRun.begin(http, path, id, NodeRequest.post(run).sending(NodeJson.object()));
    }

    /** A run that was started earlier, to wait for it again. */
    public ScenarioRun runAgain(String id, ScenarioRun.Reference reference) throws NodeException {
        ApiPath run = path.id("scenario id", id).then("run");
        return ScenarioRun.again(http, path, id, NodeRequest.post(run), reference);
    }

    /** A run that was begun by calls which heed another cancellation, to be awaited by these. */
    public ScenarioRun follow(ScenarioRun begun) {
        return begun.by(http);
    }

    /** Stops a run that is under way. */
    public void abort(String id) throws NodeException {
        http.send(NodeRequest.post(path.id("scenario id", id).then("abort")));
    }
}
