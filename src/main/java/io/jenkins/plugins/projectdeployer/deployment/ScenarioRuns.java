package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.Scenarios;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the scenarios of a project whose triggers are on ran last: one call for each. */
record ScenarioRuns(List<Scenarios.Summary> scenarios, List<Run> active) {

    static final ScenarioRuns NONE = new ScenarioRuns(List.of(), List.of());

    /** The last run of one scenario, if there was one. */
    record Run(String scenario, Optional<Scenarios.LastRun> last) {

        boolean ended(String outcome) {
            return last.isPresent() && outcome.equals(last.get().outcome());
        }

        boolean isRunning() {
            return last.isPresent() && last.get().outcome() == null;
        }
    }

    static ScenarioRuns read(NodeProject project, List<Scenarios.Summary> scenarios) throws NodeException {
        List<String> active = scenarios.stream().filter(Scenarios.Summary::active).map(Scenarios.Summary::id).toList();
        return new ScenarioRuns(scenarios, InParallel.map(active, id -> new Run(id, project.scenarios().lastRun(id))));
    }

    List<Sign> signs() {
        List<Sign> signs = new ArrayList<>();
        with("FAILED").forEach(id -> signs.add(new Sign(Health.Level.UNHEALTHY, Message.error("SCENARIO_FAILED",
                "The last run of scenario " + Ids.printable(id) + " failed."))));
        with("ABORTED").forEach(id -> signs.add(new Sign(Health.Level.WARNING, Message.warning("SCENARIO_ABORTED",
                "The last run of scenario " + Ids.printable(id) + " was aborted."))));
        with("WARNING").forEach(id -> signs.add(new Sign(Health.Level.WARNING, Message.warning("SCENARIO_WARNED",
                "The last run of scenario " + Ids.printable(id) + " ended with a warning."))));
        return signs;
    }

    Health.Monitoring monitoring() {
        return new Health.Monitoring(!scenarios.isEmpty(), !active.isEmpty(), with("FAILED"), with("WARNING"), with("SUCCESS"),
                with("ABORTED"), active.stream().filter(Run::isRunning).map(Run::scenario).toList());
    }

    private List<String> with(String outcome) {
        return active.stream().filter(run -> run.ended(outcome)).map(Run::scenario).toList();
    }
}
