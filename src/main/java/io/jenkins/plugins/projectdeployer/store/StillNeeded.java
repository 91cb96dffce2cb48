package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Optional;

/**
 * Something is still needed by a deployment or by an update that has not ended. The message names neither: whoever asked
 * may not know of them. They stand beside it for callers that know who reads.
 */
public final class StillNeeded extends Refused {

    private static final long serialVersionUID = 1L;

    private final transient Deployment deployment;
    private final transient Update update;

    StillNeeded(String what, Deployment deployment) {
        super(Reason.CONFLICT, what + " is needed by a deployment: change or delete the deployment first.");
        this.deployment = deployment;
        this.update = null;
    }

    StillNeeded(String what, Update update) {
        super(Reason.CONFLICT, what + " is needed by an update that has not ended: wait for its end or abort it.");
        this.deployment = null;
        this.update = update;
    }

    /** The deployment that needs it. */
    public Optional<Deployment> deployment() {
        return Optional.ofNullable(deployment);
    }

    /** The update that needs it. */
    public Optional<Update> update() {
        return Optional.ofNullable(update);
    }
}
