package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import java.util.List;

/**
 * A deployment of another deployer, in our terms.
 *
 * @param sourceId what it is called there
 * @param id what it is to be called here
 * @param sourceInfrastructureId what its infrastructure is called there
 * @param infrastructureId what its infrastructure is to be called here
 * @param targetProject the project's key on the nodes
 * @param bundleId the bundle that it is to have; null: none yet
 */
public record ForeignDeployment(
        String sourceId,
        String id,
        String projectKey,
        String sourceInfrastructureId,
        String infrastructureId,
        String targetProject,
        String bundleId) {

    /**
     * One with all that it is to be.
     *
     * @param left what of it could not be carried over, for people
     */
    record Whole(ForeignDeployment deployment, DeploymentSettings settings, List<String> left) {}

    /** From its settings, or from what a list says of it, which has the same fields (facts B7). */
    static ForeignDeployment of(String sourceId, JsonNode document) {
        String project = document.path("publishedProjectKey").asText();
        String target = Foreign.text(document, "deployedProjectKey");
        String infrastructure = document.path("infraId").asText();
        return new ForeignDeployment(sourceId, Foreign.id(sourceId), project, infrastructure, Foreign.id(infrastructure),
                target == null ? project : target, Foreign.text(document, "bundleId"));
    }
}
