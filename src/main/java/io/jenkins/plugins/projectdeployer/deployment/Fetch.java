package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.Optional;

/** The bundle is on the controller: published before, or exported from a design node now. */
final class Fetch implements PhaseAction {

    private final Records records;
    private final DesignExport designExport;

    Fetch(Records records, DesignExport designExport) {
        this.records = records;
        this.designExport = designExport;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws Exception {
        DeployRequest request = run.update().request();
        String bundleId = bundleId(run.update());
        Optional<Bundle> published = records.bundleInBrief(request.project(), bundleId);
        if (published.isEmpty() && request.designNode() != null) {
            published = Optional.of(designExport.publish(run, bundleId));
            if (request.dryRun()) {
                run.say(Message.info("DRY_RUN_PUBLISHED", "A plan needs the bundle: " + Ids.printable(bundleId) + " was exported on"
                        + " design node " + request.designNode() + " and published here, and stays in both places; delete it where"
                        + " it is not wanted."));
            }
        }
        Bundle bundle = published.orElseThrow(() -> request.rollBackOf() == null
                ? Refused.notFound("bundle of project " + request.project(), bundleId)
                : Refused.conflict("Bundle " + Ids.printable(bundleId) + " was active before update " + request.rollBackOf()
                        + " and is not here: publish it, or deploy another one."));
        if (!bundle.sha256().equals(run.update().bundleSha256())) {
            run.conclude(new UpdateEvent.BundleKnown(bundle.bundleId(), bundle.sha256()));
        }
        return Update.Outcome.DONE;
    }

    /** What was asked for; else what the deployment has; a roll back asks for what was active before. */
    private String bundleId(Update update) {
        DeployRequest request = update.request();
        if (request.bundle() != null) {
            return request.bundle();
        }
        if (request.rollBackOf() != null) {
            return RollBackTarget.of(update, records).bundleId();
        }
        return Targets.deployment(update, records)
                .map(Deployment::bundleId)
                .orElseThrow(() -> Refused.invalid("bundle is missing: deployment " + update.deploymentId()
                        + " has none yet, so name the one to deploy."));
    }
}
