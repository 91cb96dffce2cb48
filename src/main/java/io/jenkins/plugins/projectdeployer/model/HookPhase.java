package io.jenkins.plugins.projectdeployer.model;

/** When a hook runs. */
public enum HookPhase {
    /** Before anything on the node is touched; an error stops the update. */
    PRE,
    /** After the update, also after a failed one; an error is reported and undoes nothing. */
    POST;

    /** The words for pages and messages: {@code pre-deployment}, {@code post-deployment}. */
    public String label() {
        return this == PRE ? "pre-deployment" : "post-deployment";
    }
}
