package io.jenkins.plugins.projectdeployer.deployment;

/** A named place that an update passes. Tests stop or kill a controller there; in production it does nothing. */
@FunctionalInterface
public interface Barrier {

    /** Passes by unless a test has something in mind. */
    Barrier NONE = name -> {};

    /**
     * The update is at {@code name}: {@code before PHASE} once the phase is recorded as begun, {@code after PHASE} once
     * it is recorded as ended, {@code in PHASE} where the work of a phase is done and not yet recorded, {@code passed GATE}
     * where its request has passed and the update's own record does not say so yet.
     */
    void at(String name);
}
