package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.node.ScenarioRun;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The test scenarios that the request names, one after the other on the first node, each at most once in an update. One
 * that fails, is aborted or cannot run fails the update; a warning is reported.
 */
final class RunTests implements PhaseAction {

    private static final Update.RunKind KIND = Update.RunKind.TEST_SCENARIO;

    private final PhaseAction readBack;
    private final TargetProjects targets;

    /** @param readBack what has to be right before a test makes sense */
    RunTests(PhaseAction readBack, TargetProjects targets) {
        this.readBack = readBack;
        this.targets = targets;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws Exception {
        readBack.run(run);
        List<Message> failed = new ArrayList<>();
        for (String scenario : run.plan().testScenarios()) {
            once(run, scenario).ifPresent(failed::add);
        }
        if (!failed.isEmpty()) {
            throw new PhaseFailed(failed);
        }
        return Update.Outcome.DONE;
    }

    private Optional<Message> once(UpdateRun run, String scenario) throws NodeException {
        Optional<Update.Run> before = run.update().run(KIND, scenario);
        Plan.PlannedNode node = run.plan().nodes().get(0);
        TargetProject project = targets.on(node, run);
        if (before.isEmpty()) {
            run.record(new UpdateEvent.RunStarted(KIND, scenario, null));
            run.at("in test " + scenario);
            run.progress("test scenario " + Ids.printable(scenario) + " begins on " + project.node());
            ScenarioRun started = targets.untilAnswered(node, run).startScenario(scenario);
            run.record(new UpdateEvent.RunReferred(KIND, scenario, Json.text(started.reference())));
            return awaited(run, scenario, project.follow(started));
        }
        if (before.get().endedAt() != null) {
            return problem(before.get(), run);
        }
        if (before.get().reference() != null) {
            return awaited(run, scenario, project.startedScenario(scenario,
                    Json.read(before.get().reference(), ScenarioRun.Reference.class)));
        }
        return Optional.of(Message.error("TEST_OUTCOME_UNKNOWN", "Test scenario " + Ids.printable(scenario)
                + " was being started when the controller stopped, and is not run again; look at its last run on the node."));
    }

    private Optional<Message> awaited(UpdateRun run, String scenario, ScenarioRun started) throws NodeException {
        try {
            ScenarioOutcome outcome = started.await(targets.longCall(), JobProgress.NONE);
            run.record(new UpdateEvent.RunEnded(KIND, scenario, outcome.outcome(), Ids.printable(outcome.message(), 1000), null,
                    null));
        } catch (NodeException e) {
            if (run.update().abortAskedBy() != null) {
                run.record(new UpdateEvent.RunEnded(KIND, scenario, "ABORTED", e.getMessage(), null, null));
            }
            throw e;
        }
        Update.Run ended = run.update().run(KIND, scenario).orElseThrow();
        run.progress("test scenario " + Ids.printable(scenario) + " ended: " + Ids.printable(ended.outcome()));
        return problem(ended, run);
    }

    private static Optional<Message> problem(Update.Run test, UpdateRun run) {
        if (test.outcome().equals(ScenarioOutcome.CANCELLED)) {
            return Optional.of(Message.error("TEST_NOT_RUN", "Test scenario " + Ids.printable(test.name()) + " was not run, since a run of"
                    + " it was under way on the node already; wait for its end or stop it there, then deploy again."));
        }
        String said = "Test scenario " + Ids.printable(test.name()) + " ended with " + Ids.printable(test.outcome())
                + (test.message() == null || test.message().isEmpty() ? "" : " (" + test.message() + ")")
                + "; its log on the node says more.";
        if (test.outcome().equals("WARNING")) {
            run.say(Message.warning("TEST_WARNING", said));
            return Optional.empty();
        }
        return test.outcome().equals("SUCCESS") ? Optional.empty() : Optional.of(Message.error("TEST_FAILED", said));
    }
}
