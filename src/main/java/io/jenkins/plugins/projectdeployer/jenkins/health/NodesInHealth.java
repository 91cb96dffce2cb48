package io.jenkins.plugins.projectdeployer.jenkins.health;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import jenkins.health.HealthCheck;

/**
 * Jenkins' own health check fails while a node cannot be worked with, where an administrator wants that. By default it does
 * not: who watches {@code /health} may restart Jenkins, which brings no node back.
 */
@Extension
public final class NodesInHealth implements HealthCheck {

    @Override
    public String getName() {
        return "project-deployer-nodes";
    }

    /** By what was seen at the last look: the address is asked often and must answer at once. */
    @Override
    public boolean check() {
        return !ProjectDeployerConfiguration.get().isNodesInHealth()
                || !ExtensionList.lookupSingleton(UnreachableNodes.class).isActivated();
    }
}
