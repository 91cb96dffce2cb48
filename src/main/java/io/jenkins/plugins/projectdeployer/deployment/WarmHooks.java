package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.hook.HookRunner;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Plan;

/** Has a worker ready when a plan's hooks come, so that the first does not wait for its interpreter (design 6). */
final class WarmHooks {

    private final HookRunner runner;

    WarmHooks(HookRunner runner) {
        this.runner = runner;
    }

    /** Says that this plan will be carried out soon. */
    void of(Plan plan) {
        for (Hook hook : plan.infrastructure().hooks()) {
            runner.prepare(HookRuns.text(plan, hook).engine());
        }
    }
}
