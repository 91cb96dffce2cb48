package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A bundle's archive in a workspace, streamed from the agent onto the controller. The same archive may be published
 * again, so this may be repeated after a restart.
 *
 * @param archive path within the workspace
 */
record WorkspaceBundle(StepContext context, String archive) {

    /** Publishes it; blocks until it is on the controller. */
    Bundle publish(List<String> requestedBy, String project, String bundle, String releaseNotes)
            throws IOException, InterruptedException {
        if (requestedBy.size() > 1) {
            throw new AbortException(Messages.WorkspaceBundle_several(String.join(", ", requestedBy)));
        }
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null) {
            throw new AbortException(Messages.WorkspaceBundle_noWorkspace());
        }
        if (!workspace.isDescendant(archive)) {
            throw new AbortException(Messages.WorkspaceBundle_outside(Ids.printable(archive)));
        }
        FilePath file = workspace.child(archive);
        if (!file.exists() || file.isDirectory()) {
            throw new AbortException(Messages.WorkspaceBundle_none(Ids.printable(archive)));
        }
        try (InputStream stream = file.read()) {
            return Engine.get().publish(requestedBy.get(0), project, bundle, stream, file.getName(), releaseNotes);
        }
    }
}
