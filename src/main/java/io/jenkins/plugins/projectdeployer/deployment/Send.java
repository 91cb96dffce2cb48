package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import java.nio.file.Path;

/** The bundle goes to a node, streamed from disk; one that is there already is left alone. */
final class Send implements EachNode.Work {

    private final BundleFiles files;

    Send(BundleFiles files) {
        this.files = files;
    }

    @Override
    public void on(TargetProject project, UpdateRun run) throws NodeException {
        Update update = run.update();
        if (project.hasImported(update.bundleId())) {
            run.progress("send: bundle is on " + project.node() + " already");
            return;
        }
        Path archive = files.file(update.bundleSha256());
        if (project.find().isPresent()) {
            project.importBundle(archive);
        } else {
            project.create(archive, run.plan().deployment().settings().projectFolder());
        }
    }
}
