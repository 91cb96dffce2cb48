package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.Records;

/**
 * The bundle becomes the active one. It is activated also where it is active already: changed remappings take effect only
 * so.
 */
final class Activate implements EachNode.Work {

    private final Records records;

    Activate(Records records) {
        this.records = records;
    }

    @Override
    public void on(TargetProject project, UpdateRun run) throws NodeException, PhaseFailed {
        Update update = run.update();
        Deployment deployment = run.plan().deployment();
        Bundle bundle = records.bundle(deployment.projectKey(), update.bundleId())
                .orElseThrow(() -> Refused.notFound("bundle", update.bundleId()));
        if (update.gate() != null) {
            project.requireActiveAsPlanned(update.bundleId());
        }
        WayBack restore = run.plan().restore();
        project.activate(update.bundleId(), restore == null
                ? ScenarioStates.of(run.plan(), project.before(update.wayBack())).atActivation(bundle.contents(),
                        deployment.settings().disableAutomaticTriggers())
                : Restore.atActivation(project.before(restore)));
    }
}
