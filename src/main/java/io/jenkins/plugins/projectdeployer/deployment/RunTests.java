package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The test scenarios that the request names, one after the other on the first node, each at most once in an update. One
 * that fails, is aborted or cannot run fails the update; a warning is reported.
 */
final class RunTests implements PhaseAction {

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
        Optional<Update.Run> before = run.update().run(Update.RunKind.TEST_SCENARIO, scenario);
        if (before.isEmpty()) {
            TargetProject project = targets.on(run.plan().nodes().get(0), run);
            run.record(new UpdateEvent.RunStarted(Update.RunKind.TEST_SCENARIO, scenario));
            run.progress("test scenario " + Ids.printable(scenario) + " begins on " + project.node());
            ScenarioOutcome outcome = outcome(project, scenario, run);
            run.record(new UpdateEvent.RunEnded(
                    Update.RunKind.TEST_SCENARIO, scenario, outcome.outcome(), Ids.printable(outcome.message(), 1000), null));
            run.progress("test scenario " + Ids.printable(scenario) + " ended: " + Ids.printable(outcome.outcome()));
            return problem(run.update().run(Update.RunKind.TEST_SCENARIO, scenario).orElseThrow(), run);
        }
        if (before.get().endedAt() == null) {
            return Optional.of(Message.error("TEST_OUTCOME_UNKNOWN", "Test scenario " + Ids.printable(scenario)
                    + " was running when the controller stopped, and is not run again; look at its last run on the node."));
        }
        return problem(before.get(), run);
    }

    private static ScenarioOutcome outcome(TargetProject project, String scenario, UpdateRun run) throws NodeException {
        try {
            return project.runScenario(scenario);
        } catch (NodeException e) {
            if (run.update().abortAskedBy() != null) {
                run.record(new UpdateEvent.RunEnded(Update.RunKind.TEST_SCENARIO, scenario, "ABORTED", e.getMessage(), null));
            }
            throw e;
        }
    }

    private static Optional<Message> problem(Update.Run test, UpdateRun run) {
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
