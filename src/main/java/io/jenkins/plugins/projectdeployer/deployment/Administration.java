package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What people change without an update. Deployments take Deploy on the infrastructure (facts A1.6); grants and bundles of
 * a published project take Admin on it. What somebody may not see is answered as if it were not there.
 */
public final class Administration {

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Access access;
    private final Records records;
    private final BundleFiles files;

    Administration(
            Supplier<Configuration> configuration, People people, Access access, Records records, BundleFiles files) {
        this.configuration = configuration;
        this.people = people;
        this.access = access;
        this.records = records;
        this.files = files;
    }

    /**
     * Changes what a deployment is to be; its next update brings that to the nodes.
     *
     * @param bundleId the bundle that it is to have; null: as before
     */
    public Deployment change(String userId, String deploymentId, String bundleId, SettingsChange settings) {
        Person person = people.person(userId);
        Deployment deployment = deployable(person, deploymentId);
        access.require(person, records.project(deployment.projectKey()), deployment.projectKey(), ProjectRight.DEPLOY);
        if (bundleId != null && records.bundle(deployment.projectKey(), bundleId).isEmpty()) {
            throw Refused.notFound("bundle of project " + deployment.projectKey(), bundleId);
        }
        // An open update carries out what it has planned, and would lay that over this change.
        records.openUpdates().stream().filter(update -> update.isOf(deployment)).findFirst().ifPresent(update -> {
            throw Refused.conflict("Deployment " + deployment.id() + " is being changed by update " + update.number() + " by "
                    + Ids.printable(update.request().requestingUser()) + ": wait for its end or abort it.");
        });
        Infrastructure infrastructure = configuration.get().infrastructure(deployment.infrastructureId())
                .orElseThrow(() -> Refused.notFound("infrastructure", deployment.infrastructureId()));
        Deployment changed = deployment.with(bundleId == null ? deployment.bundleId() : bundleId,
                WantedDeployment.settings(deployment.settings(), settings, infrastructure));
        if (!changed.equals(deployment)) {
            records.change(changed, person.id());
        }
        return changed;
    }

    /** Forgets a deployment; its project stays on the nodes, and belongs to nobody from then on. */
    public void deleteDeployment(String userId, String deploymentId) {
        Person person = people.person(userId);
        records.deleteDeployment(deployable(person, deploymentId).id(), person.id());
    }

    /** Removes a bundle; refused while a deployment has it. */
    public void deleteBundle(String userId, String projectKey, String bundleId) throws IOException {
        Person person = people.person(userId);
        administered(person, projectKey);
        Bundle bundle = records.bundle(projectKey, bundleId)
                .orElseThrow(() -> Refused.notFound("bundle of project " + projectKey, bundleId));
        records.deleteBundle(projectKey, bundleId, person.id());
        files.delete(bundle.sha256());
    }

    /** Removes a published project with its bundles; refused while it has deployments. */
    public void deleteProject(String userId, String projectKey) throws IOException {
        Person person = people.person(userId);
        administered(person, projectKey);
        List<Bundle> bundles = records.bundlesInBrief(projectKey);
        records.deleteProject(projectKey, person.id());
        for (Bundle bundle : bundles) {
            files.delete(bundle.sha256());
        }
    }

    /** Replaces the grants of a published project; they count from the next question on. */
    public void changeGrants(String userId, String projectKey, List<Grant<ProjectRight>> grants) {
        Person person = people.person(userId);
        administered(person, projectKey);
        records.changeGrants(projectKey, grants, person.id());
    }

    private PublishedProject administered(Person person, String projectKey) {
        return access.require(person, records.project(projectKey), projectKey, ProjectRight.ADMIN);
    }

    /** The deployment, for somebody who sees it and may deploy to its infrastructure. */
    private Deployment deployable(Person person, String id) {
        Optional<Deployment> found = records.deployment(id);
        Optional<Infrastructure> infrastructure = found.flatMap(
                deployment -> configuration.get().infrastructure(deployment.infrastructureId()));
        if (found.isPresent() && infrastructure.isEmpty() && person.administrator()) {
            // Its infrastructure is no longer configured; somebody must be able to clear it away.
            return found.get();
        }
        Deployment deployment = access.require(
                person, found, infrastructure, found.flatMap(it -> records.project(it.projectKey())), id);
        access.require(person, infrastructure, deployment.infrastructureId(), InfrastructureRight.DEPLOY);
        return deployment;
    }
}
