package io.jenkins.plugins.projectdeployer.deployment;

/** The update waits for its turn and needs no thread meanwhile; whoever it waits for wakes it. */
final class Parked extends Exception {

    private static final long serialVersionUID = 1L;

    Parked() {
        super(null, null, false, false);
    }
}
