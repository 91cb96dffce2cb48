package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The bundle goes to a node, streamed from disk; one that has come from here before is left alone. Hooks may have taken
 * long, so the target is looked at once more.
 */
final class Send implements EachNode.Work {

    private final BundleFiles files;
    private final UnchangedTarget target;

    Send(BundleFiles files, UnchangedTarget target) {
        this.files = files;
        this.target = target;
    }

    @Override
    public void on(TargetProject project, UpdateRun run) throws NodeException, PhaseFailed {
        Update update = run.update();
        Optional<ProjectOnNode> found = project.find();
        String active = found.map(ProjectOnNode::activeBundle).orElse(null);
        Optional<Message> changed = target.change(project, run, found.isPresent(), active);
        if (changed.isPresent()) {
            throw new PhaseFailed(List.of(changed.get()));
        }
        if (found.isPresent() && project.hasImported(update.bundleId())) {
            run.progress("send: bundle is on " + project.node() + " already");
            return;
        }
        Path archive = files.file(update.bundleSha256());
        UnchangedTarget.begin(project, run, active);
        if (found.isPresent()) {
            project.importBundle(archive);
        } else {
            project.create(archive, run.plan().deployment().settings().projectFolder());
        }
    }
}
