package org.jenkinsci.plugins.workflow.actions;

import hudson.console.AnnotatedLargeText;
import hudson.model.Action;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

public abstract class LogAction implements Action {

    public abstract AnnotatedLargeText<? extends FlowNode> getLogText();
}
