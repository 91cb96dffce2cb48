package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Lengths;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.Optional;

/** What a request is aimed at, where it leaves that open. */
final class Targets {

    private Targets() {}

    /** Refuses a request that does not say what goes where. */
    static void require(DeployRequest request) {
        if (request.project() == null) {
            throw Refused.invalid("project is missing: name the published project to deploy.");
        }
        if (request.infrastructure() == null) {
            throw Refused.invalid("infrastructure is missing: name the one to deploy to.");
        }
        Lengths.checked("releaseNotes", request.releaseNotes(), Lengths.RELEASE_NOTES);
    }

    /** The project's key on the nodes: the bundle's own unless the request says otherwise. */
    static String targetProject(DeployRequest request) {
        return request.targetProject() == null ? request.project() : request.targetProject();
    }

    /**
     * The update's deployment, if it is there by now; refused where somebody made another of the same id since it was
     * looked for.
     */
    static Optional<Deployment> deployment(Update update, Records records) {
        Optional<Deployment> found = records.deployment(update.deploymentId());
        DeployRequest request = update.request();
        if (found.filter(deployment -> !deployment.projectKey().equals(request.project())
                || !deployment.infrastructureId().equalsIgnoreCase(request.infrastructure())).isPresent()) {
            throw Refused.notFound("deployment", update.deploymentId());
        }
        return found;
    }

    /** The id of a deployment that is not there yet: the field's own form. */
    static String deploymentId(DeployRequest request) {
        return request.deploymentId() == null
                ? targetProject(request) + "-on-" + request.infrastructure()
                : request.deploymentId();
    }
}
