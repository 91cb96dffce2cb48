package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.console.HyperlinkNote;
import hudson.model.Run;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import jenkins.model.Jenkins;

/**
 * Where people see why an update waits: its request while it is for them to decide, else its deployment, or its build while there
 * is no deployment yet.
 *
 * @param path below Jenkins' own address
 */
record WaitingPlace(String path) {

    static WaitingPlace of(Update update, Run<?, ?> run) {
        if (update.status() == UpdateStatus.WAITING) {
            return new WaitingPlace("project-deployer/approval/" + update.number() + "/");
        }
        String deployment = update.deploymentId();
        boolean isThere = deployment != null && Engine.opened().flatMap(engine -> engine.records().deployment(deployment)).isPresent();
        return new WaitingPlace(isThere ? "project-deployer/deployment/" + deployment + "/" : run.getUrl() + "project-deployments/");
    }

    /** Absolute, as far as somebody has told Jenkins its address. */
    String address() {
        String root = Jenkins.get().getRootUrl();
        return root == null ? path : root + path;
    }

    /** For a build log. */
    String link() {
        return HyperlinkNote.encodeTo("/" + path, address());
    }
}
