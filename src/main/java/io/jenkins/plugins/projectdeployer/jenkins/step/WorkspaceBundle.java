package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.Channel;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A bundle's archive in a workspace, streamed from the agent onto the controller. The same archive may be published
 * again, so this may be repeated after a restart, and when the agent was cut off.
 *
 * @param archive path within the workspace
 */
record WorkspaceBundle(StepContext context, String archive) {

    /**
     * Publishes it; blocks until it is on the controller.
     *
     * @throws AgentAway when the agent is not connected, or not to the end
     * @throws AbortException when the file is not to be had
     */
    Bundle publish(List<String> requestedBy, String project, String bundle, String releaseNotes)
            throws IOException, InterruptedException {
        String publisher = onlyOne(requestedBy);
        FilePath workspace = workspace();
        if (workspace == null) {
            throw new AbortException(Messages.WorkspaceBundle_noWorkspace());
        }
        try {
            FilePath file = file(workspace);
            BundleFingerprint fingerprint = new BundleFingerprint();
            Bundle published;
            try (InputStream stream = fingerprint.of(ArchiveStream.of(file))) {
                published = Engine.get().publish(publisher, project, bundle, stream, file.getName(), releaseNotes);
            }
            fingerprint.note(context, file.getName());
            return published;
        } catch (AbortException | Refused e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (isCutOff(workspace)) {
                throw new AgentAway(true, e);
            }
            if (e instanceof ArchiveStream.Unreadable) {
                throw new AbortException(Messages.WorkspaceBundle_unreadable(Ids.printable(archive), Ids.printable(e.getMessage())));
            }
            throw e;
        }
    }

    /** What asks for it fails while the agent is not connected, as it is for some time after each start of Jenkins. */
    private FilePath workspace() throws AgentAway, InterruptedException {
        try {
            return context.get(FilePath.class);
        } catch (IOException e) {
            throw new AgentAway(false, e);
        }
    }

    private FilePath file(FilePath workspace) throws IOException, InterruptedException {
        if (!isInside(workspace)) {
            throw new AbortException(Messages.WorkspaceBundle_outside(Ids.printable(archive)));
        }
        FilePath file = workspace.child(archive);
        if (!file.exists() || file.isDirectory()) {
            throw new AbortException(Messages.WorkspaceBundle_none(Ids.printable(archive)));
        }
        return file;
    }

    private static boolean isCutOff(FilePath workspace) {
        return workspace.getChannel() instanceof Channel channel && channel.isClosingOrClosed();
    }

    /** A bundle is published by one person, although several may have started the build. */
    static String onlyOne(List<String> requestedBy) throws AbortException {
        if (requestedBy.size() > 1) {
            throw new AbortException(Messages.WorkspaceBundle_several(String.join(", ", requestedBy)));
        }
        return requestedBy.get(0);
    }

    /** Links are followed, on the agent. */
    private boolean isInside(FilePath workspace) throws IOException, InterruptedException {
        try {
            return workspace.isDescendant(archive);
        } catch (IllegalArgumentException e) {
            // Jenkins' way to say that the path is absolute.
            return false;
        }
    }
}
