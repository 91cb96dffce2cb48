package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Runs of scenarios: asked for, found by their trigger, followed, aborted, reported (B6). */
final class ScenarioRunRoutes {
    private final NodeState state;

    ScenarioRunRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        String scenarios = "/projects/{project}/scenarios";
        router.get(scenarios + "/testing-status", this::testingStatus);
        router.get(scenarios + "/last-test-scenario-runs-report", request ->
                Reply.text("application/xml;charset=utf-8", TestReport.junit(project(request), request.query("bundleId"))));
        router.get(scenarios + "/last-test-scenario-runs-html-report", request ->
                Reply.text("text/html;charset=utf-8", TestReport.html(project(request), request.query("bundleId"))));
        router.get(scenarios + "/trigger/{scenario}/{trigger}", request -> Reply.json(fired(request).triggerFire()));
        String scenario = scenarios + "/{scenario}";
        router.post(scenario + "/run", this::fire);
        router.post(scenario + "/abort", this::abort);
        router.get(scenario + "/get-run-for-trigger", this::runForTrigger);
        router.get(scenario + "/get-last-runs", this::lastRuns);
        router.get(scenario + "/{run}/log", request ->
                Reply.text("text/plain;charset=utf-8", "Run " + run(request).runId() + "\n" + run(request).message() + "\n"));
        router.get(scenario + "/{run}/scenario-run-report", request ->
                Reply.text("application/xml;charset=utf-8", TestReport.junit(project(request), run(request))));
        router.get(scenario + "/{run}", request -> Reply.json(run(request).details()));
    }

    private Project project(Request request) {
        return state.existingProject(request).require(request.caller(), ProjectFlag.readDashboards);
    }

    private Scenario scenario(Request request) {
        return project(request).existingScenario(request.path("scenario"));
    }

    /** Fires the manual trigger; the fire is cancelled when the scenario is running already. */
    private Reply fire(Request request) {
        Project project = state.existingProject(request).require(request.caller(), ProjectFlag.runScenarios);
        Scenario scenario = project.existingScenario(request.path("scenario"));
        ScenarioRun run = new ScenarioRun(
                state,
                scenario,
                request.caller().identifier(),
                project.activeBundleId,
                state.outcome(project, scenario),
                scenario.running() != null);
        scenario.runs.add(run);
        return Reply.json(run.triggerFire());
    }

    private Reply abort(Request request) {
        Scenario scenario = scenario(request);
        state.existingProject(request).require(request.caller(), ProjectFlag.runScenarios);
        scenario.runs.forEach(ScenarioRun::abort);
        return Reply.done("Aborted scenario " + scenario.id);
    }

    private ScenarioRun fired(Request request) {
        String wanted = request.query("triggerRunId");
        for (ScenarioRun run : scenario(request).runs) {
            if (run.triggerRunId().equals(wanted)) {
                return run;
            }
        }
        throw ApiError.notFound("No fire '" + wanted + "' of a trigger of scenario " + request.path("scenario"));
    }

    private Reply runForTrigger(Request request) {
        ScenarioRun run = fired(request);
        ObjectNode answer = Json.object();
        if (run.isStarted()) {
            answer.set("scenarioRun", run.toJson());
        }
        return Reply.json(answer);
    }

    private ScenarioRun run(Request request) {
        for (ScenarioRun run : scenario(request).runs) {
            if (run.runId().equals(request.path("run")) && run.isStarted()) {
                return run;
            }
        }
        throw ApiError.notFound("No run '" + request.path("run") + "' of scenario " + request.path("scenario"));
    }

    private Reply lastRuns(Request request) {
        int limit = Integer.parseInt(request.query("limit", "10"));
        boolean onlyFinished = request.flag("onlyFinishedRuns", false);
        List<ScenarioRun> runs = scenario(request).runs;
        ArrayNode answer = Json.array();
        for (int i = runs.size() - 1; i >= 0 && answer.size() < limit; i--) {
            ScenarioRun run = runs.get(i);
            if (run.isStarted() && (!onlyFinished || run.outcome() != null)) {
                answer.add(run.toJson());
            }
        }
        return Reply.json(answer);
    }

    private Reply testingStatus(Request request) {
        ObjectNode status = Json.object();
        ObjectNode perOutcome = Json.object();
        int total = 0;
        for (Scenario scenario : project(request).scenarios.values()) {
            ScenarioRun last = TestReport.lastTestRun(scenario, request.query("bundleId"));
            if (last != null) {
                total++;
                perOutcome.put(last.outcome(), perOutcome.path(last.outcome()).asInt() + 1);
            }
        }
        status.put("nbTotalRanScenarios", total);
        status.set("nbScenariosPerOutcome", perOutcome);
        return Reply.json(status);
    }
}
