package io.jenkins.plugins.projectdeployer.model;

/** The steps of one update, in their order. Source: design, "The way of one deployment". */
public enum Phase {
    /** Deploy on the infrastructure and on the project; the target is free or ours. */
    AUTHORIZE,
    /** The bundle is on the controller, and its manifest is read. */
    FETCH,
    /** The node is read, all problems are found at once, what will be done is frozen. */
    PLAN,
    /** Promotion rule, freeze, approvals: may wait for long. */
    GATE,
    /** Rights, gate, digest and target are still as approved. */
    RECHECK,
    /** Nothing on the node is touched before these have ended well. */
    PRE_HOOKS,
    /** The bundle goes to every node. */
    SEND,
    /** Remappings, code envs and containers, before activation. */
    CONFIGURE,
    /** The node prepares code envs. */
    PRELOAD,
    /** The bundle becomes the active one, scenarios off while their run-as user is not set. */
    ACTIVATE,
    /** Owner and permissions the first time; run-as users, variables and scenario states always. */
    SECURE,
    /** What was set is read back; test scenarios run if asked for. */
    VERIFY,
    /** After a failure in ACTIVATE, SECURE or VERIFY, where the request asks for it. */
    ROLL_BACK,
    /** Run after a failed update too, with its report. */
    POST_HOOKS,
    /** The outcome is recorded. */
    REPORT;

    /** As people read it: {@code pre-hooks}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
