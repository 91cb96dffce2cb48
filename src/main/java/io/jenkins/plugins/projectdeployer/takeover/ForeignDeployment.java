package io.jenkins.plugins.projectdeployer.takeover;

import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;

/**
 * A deployment of another deployer, in our terms.
 *
 * @param sourceId what it is called there
 * @param id what it is to be called here
 * @param infrastructureId what its infrastructure is to be called here
 * @param targetProject the project's key on the nodes
 * @param bundleId the bundle that it is to have; null: none yet
 */
public record ForeignDeployment(
        String sourceId,
        String id,
        String projectKey,
        String infrastructureId,
        String targetProject,
        String bundleId,
        DeploymentSettings settings) {}
