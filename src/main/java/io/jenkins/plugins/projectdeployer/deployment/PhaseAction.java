package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;

/**
 * The work of one phase. It may be begun again after the controller died in it, so it looks before it acts.
 */
@FunctionalInterface
interface PhaseAction {

    /**
     * Does the work.
     *
     * @return {@link Update.Outcome#DONE}, or {@link Update.Outcome#SKIPPED} where there was nothing to do
     * @throws PhaseFailed when it cannot be done; its messages are recorded
     * @throws Parked when the update has to wait
     */
    Update.Outcome run(UpdateRun run) throws Exception;
}
