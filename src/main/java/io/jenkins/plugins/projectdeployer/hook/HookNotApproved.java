package io.jenkins.plugins.projectdeployer.hook;

/** Nobody has approved exactly this hook text: it has not run. */
public class HookNotApproved extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message says which hook, and where it can be approved */
    public HookNotApproved(String message) {
        super(message);
    }

    /** @param cause what the approval itself said */
    public HookNotApproved(String message, Throwable cause) {
        super(message, cause);
    }
}
