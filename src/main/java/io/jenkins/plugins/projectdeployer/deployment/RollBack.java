package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;

/**
 * Brings back on one node what was there before the update: settings, bundle, permissions, variables, scenario states
 * and run-as users. Going back from a first deployment leaves the project there,
 * with its scenarios off and its web apps stopped.
 */
final class RollBack implements EachNode.Work {

    @Override
    public void on(TargetProject project, UpdateRun run) throws NodeException, PhaseFailed {
        WayBack.NodeState before = project.before(run.update().wayBack());
        if (before.activeBundle() == null) {
            Restore.keepStill(project);
            run.say(Message.warning("LEFT_WITH_SCENARIOS_OFF", "There was nothing to go back to: project "
                    + run.plan().deployment().targetProject() + " stays with its scenarios off and its web apps stopped.").onNode(project.node()));
            return;
        }
        Restore.beforeActivation(project, before);
        project.activate(before.activeBundle(), Restore.atActivation(before));
        Restore.afterActivation(project, before);
        run.progress("roll back: bundle " + before.activeBundle() + " is active again on " + project.node());
    }
}
