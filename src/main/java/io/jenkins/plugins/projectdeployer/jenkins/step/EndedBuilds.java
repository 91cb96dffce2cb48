package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.page.BuildDeployments;

/**
 * Tells the engine of builds that have ended. One that is killed hard stops none of its steps, and an update that waits at a
 * gate asks for its build only when it is woken.
 */
@Extension
public final class EndedBuilds extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(Run<?, ?> run) {
        Engine.opened().ifPresent(engine -> BuildDeployments.updatesOf(run).forEach(engine::buildEnded));
    }
}
