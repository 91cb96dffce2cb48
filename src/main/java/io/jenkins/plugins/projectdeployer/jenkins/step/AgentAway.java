package io.jenkins.plugins.projectdeployer.jenkins.step;

import java.io.IOException;

/** The agent with the workspace is not connected, or ceased to be while something was read from it. It may come back. */
final class AgentAway extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean cutOff;

    /** @param cutOff whether it was there until now */
    AgentAway(boolean cutOff, Throwable cause) {
        super("The agent is not connected", cause);
        this.cutOff = cutOff;
    }

    boolean isCutOff() {
        return cutOff;
    }
}
