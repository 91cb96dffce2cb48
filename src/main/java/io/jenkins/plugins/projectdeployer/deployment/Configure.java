package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;

/** Remappings, code envs and containers: they take effect only when they stand there before activation. */
final class Configure implements EachNode.Work {

    @Override
    public void on(TargetProject project, UpdateRun run) throws NodeException {
        Plan plan = run.plan();
        if (plan.restore() != null) {
            Restore.beforeActivation(project, project.before(plan.restore()));
            return;
        }
        project.changeSettings(settings ->
                Documents.configure(settings, plan.remapping(), plan.infrastructure().codeEnvsBehavior()));
    }
}
