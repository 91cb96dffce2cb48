package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;

/** Goes back on every node; then the deployment wants again what is there. */
final class RollBackAll implements PhaseAction {

    private final PhaseAction nodes;
    private final Records records;

    RollBackAll(PhaseAction nodes, Records records) {
        this.nodes = nodes;
        this.records = records;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws Exception {
        Update.Outcome outcome = nodes.run(run);
        Deployment before = run.update().wayBack().deployment();
        if (before != null && records.deployment(before.id()).filter(before::equals).isEmpty()) {
            records.change(before, run.update().request().requestingUser());
        }
        return outcome;
    }
}
