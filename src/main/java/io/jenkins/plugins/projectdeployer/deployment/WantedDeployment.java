package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.time.Instant;
import java.util.Optional;

/** The deployment as a request wants it to be. Nothing of it is kept before the plan is. */
final class WantedDeployment {

    private WantedDeployment() {}

    /**
     * A new deployment begins with a copy of the infrastructure's remaps (facts A3.3). What the request gives is laid over
     * the remaps that are there, source by source, so that asking for the same thing twice gives the same twice.
     */
    static Deployment of(
            DeployRequest request,
            String id,
            Optional<Deployment> existing,
            Infrastructure infrastructure,
            String bundleId,
            Instant now) {
        DeploymentSettings before = existing.map(Deployment::settings)
                .orElseGet(() -> DeploymentSettings.DEFAULT.withRemapping(infrastructure.remapping()));
        DeploymentSettings after = settings(before, request.settings(), infrastructure);
        return existing.map(deployment -> deployment.with(bundleId, after))
                .orElseGet(() -> new Deployment(id, request.project(), infrastructure.id(), Targets.targetProject(request),
                        bundleId, after, false, request.requestingUser(), now));
    }

    /**
     * The settings after a change. Who begins to read the infrastructure's tables at each update gives up the lines that
     * were copied from them: as the deployment's own they would win for ever (facts A3.4).
     */
    static DeploymentSettings settings(DeploymentSettings before, SettingsChange change, Infrastructure infrastructure) {
        return begun(before, change.appliedTo(before), infrastructure);
    }

    /** The same for settings that are known already. */
    static DeploymentSettings begun(DeploymentSettings before, DeploymentSettings after, Infrastructure infrastructure) {
        boolean begins = after.useInfrastructureRemapping() && !before.useInfrastructureRemapping();
        return begins ? after.withRemapping(after.remapping().without(infrastructure.remapping())) : after;
    }
}
