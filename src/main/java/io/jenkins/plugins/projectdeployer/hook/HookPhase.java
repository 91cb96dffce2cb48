package io.jenkins.plugins.projectdeployer.hook;

/** When a hook runs: before anything on the node is touched, or after the update, failed updates included. */
public enum HookPhase {
    /** Before the deployment; an error prevents it (Dataiku: A5.9). */
    PRE,
    /** After the deployment, with its report; an error is reported and undoes nothing (Dataiku: A5.10). */
    POST;

    /** The words for pages and messages: {@code pre-deployment}, {@code post-deployment}. */
    public String label() {
        return this == PRE ? "pre-deployment" : "post-deployment";
    }
}
