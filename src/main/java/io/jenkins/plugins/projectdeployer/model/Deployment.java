package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;

/**
 * Links a published project to an infrastructure. Creating one deploys nothing; an update does (facts A2.8, A2.9).
 *
 * @param id unique among all deployments, ignoring case
 * @param projectKey the published project
 * @param infrastructureId where it goes
 * @param targetProject the project's key on the nodes
 * @param bundleId the bundle it is to have; null before its first update
 * @param settings its own
 * @param adopted whether it took over a project that was on the node before it
 * @param createdBy Jenkins user id
 * @param createdAt when
 */
public record Deployment(
        String id,
        String projectKey,
        String infrastructureId,
        String targetProject,
        String bundleId,
        DeploymentSettings settings,
        boolean adopted,
        String createdBy,
        Instant createdAt) {

    /** The same deployment with other wanted bundle and settings. */
    public Deployment with(String otherBundleId, DeploymentSettings otherSettings) {
        return new Deployment(id, projectKey, infrastructureId, targetProject, otherBundleId, otherSettings, adopted, createdBy, createdAt);
    }

    /** The same deployment, now the owner of the project that it found on the node. */
    public Deployment afterAdoption() {
        return new Deployment(id, projectKey, infrastructureId, targetProject, bundleId, settings, true, createdBy, createdAt);
    }
}
