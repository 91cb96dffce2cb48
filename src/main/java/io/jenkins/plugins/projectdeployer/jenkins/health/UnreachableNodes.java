package io.jenkins.plugins.projectdeployer.jenkins.health;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;
import org.jenkinsci.Symbol;

/**
 * Tells Jenkins' administrators which nodes could not be worked with when they were last looked at.
 */
@Extension
@Symbol("projectDeployerNodes")
public final class UnreachableNodes extends AdministrativeMonitor {

    private volatile List<NodeProblem> problems = List.of();

    @Override
    public String getDisplayName() {
        return Messages.UnreachableNodes_displayName();
    }

    @Override
    public boolean isActivated() {
        return !problems.isEmpty();
    }

    /** What was wrong at the last look. */
    public List<NodeProblem> getProblems() {
        return problems;
    }

    void found(List<NodeProblem> now) {
        problems = List.copyOf(now);
    }
}
