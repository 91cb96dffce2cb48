package io.jenkins.plugins.projectdeployer.model;

/** Where an update stands. */
public enum UpdateStatus {
    /** Behind another update of its deployment, or behind others on its node. */
    QUEUED,
    /** Under way. */
    RUNNING,
    /** At the gate. */
    WAITING,
    /** A dry run that ended after the plan. */
    PLANNED,
    /** Everything is as planned. */
    SUCCESS,
    /** Deployed, with something to look at. */
    WARNING,
    /** It failed; the report says whether the bundle is active all the same. */
    FAILED,
    /** It failed and what was there before is back. */
    ROLLED_BACK,
    /** Somebody ended it; the report says what is where. */
    ABORTED;

    /** Whether nothing will happen any more. */
    public boolean ended() {
        return compareTo(PLANNED) >= 0;
    }
}
