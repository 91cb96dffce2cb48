package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.Records;

/**
 * Activates on every node; then the deployment has the planned bundle and settings. Not before: an update that is stopped
 * on its way must not leave behind what the next one would take over.
 */
final class ActivateAll implements PhaseAction {

    private final PhaseAction nodes;
    private final Records records;
    private final BundleFiles files;

    ActivateAll(PhaseAction nodes, Records records, BundleFiles files) {
        this.nodes = nodes;
        this.records = records;
        this.files = files;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws Exception {
        if (run.update().gate() != null) {
            // What was approved is what was sent: until here the file could have been swapped.
            files.verify(run.update().bundleSha256());
        }
        Update.Outcome outcome = nodes.run(run);
        Deployment planned = run.plan().deployment();
        if (records.deployment(planned.id()).filter(planned::equals).isEmpty()) {
            records.change(planned, run.update().request().requestingUser());
        }
        return outcome;
    }
}
