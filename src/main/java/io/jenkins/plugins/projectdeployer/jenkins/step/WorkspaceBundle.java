package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
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
        if (project == null) {
            throw Refused.invalid("project is missing: name the published project that the bundle is of.");
        }
        String publisher = onlyOne(requestedBy);
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null) {
            throw new AbortException(Messages.WorkspaceBundle_noWorkspace());
        }
        if (!isInside(workspace)) {
            throw new AbortException(Messages.WorkspaceBundle_outside(Ids.printable(archive)));
        }
        FilePath file = workspace.child(archive);
        if (!file.exists() || file.isDirectory()) {
            throw new AbortException(Messages.WorkspaceBundle_none(Ids.printable(archive)));
        }
        MessageDigest md5 = md5();
        Bundle published;
        try (InputStream stream = new DigestInputStream(file.read(), md5)) {
            published = Engine.get().publish(publisher, project, bundle, stream, file.getName(), releaseNotes);
        }
        fingerprint(file.getName(), HexFormat.of().formatHex(md5.digest()));
        return published;
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

    /** So that Jenkins tells which builds made, copied and published this file. Its fingerprints are MD5. */
    private void fingerprint(String name, String md5) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        Jenkins.get().getFingerprintMap().getOrCreate(run, name, md5).addFor(run);
        Fingerprinter.FingerprintAction shown = run.getAction(Fingerprinter.FingerprintAction.class);
        if (shown == null) {
            run.addAction(new Fingerprinter.FingerprintAction(run, Map.of(name, md5)));
        } else {
            shown.add(Map.of(name, md5));
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has MD5", e);
        }
    }
}
