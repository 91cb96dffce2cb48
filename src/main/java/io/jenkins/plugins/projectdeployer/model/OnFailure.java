package io.jenkins.plugins.projectdeployer.model;

/** What to do when activation, securing, verification or tests fail. */
public enum OnFailure {
    /** Leave the node as it is and say how it is. */
    STOP,
    /** Bring back what was there before the update. */
    ROLLBACK
}
