package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.UpdateStatus;

/** The update waits and needs no thread meanwhile; whoever it waits for wakes it. */
final class Parked extends Exception {

    private static final long serialVersionUID = 1L;

    private final UpdateStatus status;

    /** It waits for its turn. */
    Parked() {
        this(UpdateStatus.QUEUED);
    }

    /** @param status what people are told that it does meanwhile */
    Parked(UpdateStatus status) {
        super(null, null, false, false);
        this.status = status;
    }

    UpdateStatus status() {
        return status;
    }
}
