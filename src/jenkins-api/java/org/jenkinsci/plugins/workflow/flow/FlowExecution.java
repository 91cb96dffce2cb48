package org.jenkinsci.plugins.workflow.flow;

public abstract class FlowExecution {

    public FlowDurabilityHint getDurabilityHint() {
        throw new UnsupportedOperationException();
    }
}
