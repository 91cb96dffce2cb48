package org.jenkinsci.plugins.workflow.flow;

public enum FlowDurabilityHint {

    ;

    public boolean isPersistWithEveryStep() {
        throw new UnsupportedOperationException();
    }
}
