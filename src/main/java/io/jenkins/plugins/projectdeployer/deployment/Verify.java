package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.RunAs;
import io.jenkins.plugins.projectdeployer.node.Scenarios;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;

/** Reads back from a node what the update was to bring about. */
final class Verify implements EachNode.Work {

    @Override
    public void on(TargetProject project, UpdateRun run) throws NodeException, PhaseFailed {
        Plan plan = run.plan();
        List<Message> wrong = new ArrayList<>();
        String active = project.find().map(ProjectOnNode::activeBundle).orElse(null);
        if (!run.update().bundleId().equals(active)) {
            wrong.add(Message.error("NOT_ACTIVE", "Bundle " + active + " is active, not " + run.update().bundleId() + "."));
        }
        if (project.securesAnew()) {
            String owner = project.asAdmin().permissions().get().path("owner").asText();
            if (!plan.permissions().owner().equals(owner)) {
                wrong.add(Message.error("NOT_OWNER", "The project's owner is " + Ids.printable(owner) + ", not "
                        + plan.permissions().owner() + "."));
            }
        }
        ScenarioStates states = ScenarioStates.of(plan, project.before(run.update().wayBack()));
        for (Scenarios.Summary scenario : project.asAdmin().scenarios().list()) {
            if (scenario.active() != (states.wanted(scenario.id()) && trusted(scenario, states, project))) {
                wrong.add(Message.error("SCENARIO_STATE", "Scenario " + scenario.id() + " is " + (scenario.active() ? "on" : "off")
                        + " and was to be " + (scenario.active() ? "off" : "on") + "."));
            }
        }
        if (!wrong.isEmpty()) {
            throw new PhaseFailed(wrong);
        }
    }

    /** Read only where it decides something: one that is on must be trusted, one that was to be on may not be. */
    private static boolean trusted(Scenarios.Summary scenario, ScenarioStates states, TargetProject project) throws NodeException {
        return states.trusts(scenario.id(),
                RunAs.configured(project.asAdmin().scenarios().document(scenario.id()).get()).orElse(null));
    }
}
