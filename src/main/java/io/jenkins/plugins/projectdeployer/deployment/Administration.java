package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
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
import io.jenkins.plugins.projectdeployer.store.StillNeeded;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What people change without an update. Deployments take Deploy on the infrastructure and on the published project (facts
 * A1.6, A1.9), deleting one too; grants and bundles of a published project take Admin on it.
 * What somebody may not see is answered as if it were not there.
 */
public final class Administration {

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Access access;
    private final Records records;
    private final BundleFiles files;
    private final Clock clock;

    Administration(
            Supplier<Configuration> configuration,
            People people,
            Access access,
            Records records,
            BundleFiles files,
            Clock clock) {
        this.configuration = configuration;
        this.people = people;
        this.access = access;
        this.records = records;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Makes a deployment, which brings nothing to the nodes: its first update does (facts A2.9). It begins with a copy of
     * the infrastructure's remaps (facts A3.3).
     *
     * @param bundleId the bundle that it is to have
     * @param targetProject the project's key on the nodes; null: the published project's
     * @param settings laid over what it begins with
     */
    public Deployment create(
            String userId,
            String deploymentId,
            String projectKey,
            String infrastructureId,
            String bundleId,
            String targetProject,
            SettingsChange settings) {
        Person person = people.person(userId);
        Infrastructure infrastructure = access.require(
                person, configuration.get().infrastructure(infrastructureId), infrastructureId, InfrastructureRight.DEPLOY);
        access.require(person, records.project(projectKey), projectKey, ProjectRight.DEPLOY);
        requireBundle(projectKey, bundleId);
        requireFree(person, deploymentId, infrastructure, targetProject == null ? projectKey : targetProject);
        DeploymentSettings begins = DeploymentSettings.DEFAULT.withRemapping(infrastructure.remapping());
        Deployment deployment = new Deployment(deploymentId, projectKey, infrastructure.id(),
                targetProject == null ? projectKey : targetProject, bundleId,
                WantedDeployment.settings(begins, settings, infrastructure), false, person.id(), clock.instant());
        records.create(deployment);
        return deployment;
    }

    /**
     * Changes what a deployment is to be; its next update brings that to the nodes.
     *
     * @param bundleId the bundle that it is to have; null: as before
     */
    public Deployment change(String userId, String deploymentId, String bundleId, SettingsChange settings) {
        return change(userId, deploymentId, bundleId,
                (deployment, infrastructure) -> WantedDeployment.settings(deployment.settings(), settings, infrastructure));
    }

    /**
     * The same, with settings that take the place of those that were there.
     *
     * @param settings makes them of the deployment as it is by then; nobody else changes it in between, so that what it
     *     compares still holds; may refuse
     */
    public Deployment replace(String userId, String deploymentId, String bundleId,
            BiFunction<Deployment, Infrastructure, DeploymentSettings> settings) {
        return change(userId, deploymentId, bundleId, (deployment, infrastructure) ->
                WantedDeployment.begun(deployment.settings(), settings.apply(deployment, infrastructure), infrastructure));
    }

    private Deployment change(String userId, String deploymentId, String bundleId,
            BiFunction<Deployment, Infrastructure, DeploymentSettings> settings) {
        Person person = people.person(userId);
        Deployment deployment = deployable(person, deploymentId);
        Infrastructure infrastructure = configuration.get().infrastructure(deployment.infrastructureId())
                .orElseThrow(() -> Refused.notFound("infrastructure", deployment.infrastructureId()));
        try {
            return records.changeAtRest(deployment.id(), person.id(), now -> {
                if (bundleId != null && !bundleId.equals(now.bundleId())) {
                    requireBundle(now.projectKey(), bundleId);
                }
                return now.with(bundleId == null ? now.bundleId() : bundleId, settings.apply(now, infrastructure));
            });
        } catch (StillNeeded needed) {
            throw worded(person, "Deployment \"" + deployment.id() + "\"", needed);
        }
    }

    /** Names what is in the way to whoever may see it. */
    private Refused worded(Person person, String what, StillNeeded needed) {
        Optional<Deployment> deployment = needed.deployment().filter(found -> sees(person, found));
        if (deployment.isPresent()) {
            return Refused.conflict(what + " is needed by deployment \"" + deployment.get().id() + "\" on infrastructure \""
                    + deployment.get().infrastructureId() + "\": change or delete the deployment first.");
        }
        return needed.update()
                .filter(update -> sees(person, update.request().infrastructure(), update.request().project()))
                .map(update -> Refused.conflict(what + " is needed by update " + update.number() + " by "
                        + Ids.printable(update.request().requestingUser())
                        + (update.phase() == null ? ", which has not begun" : ", which is in phase " + update.phase().label())
                        + ": wait for its end or abort it."))
                .orElse(needed);
    }

    /** Whoever may not see the deployment that is in the way is not told which it is. */
    private void requireFree(Person person, String deploymentId, Infrastructure infrastructure, String targetProject) {
        if (records.deployment(deploymentId).filter(found -> !sees(person, found)).isPresent()) {
            throw Refused.notFound("deployment", deploymentId);
        }
        if (records.deployment(infrastructure.id(), targetProject).filter(found -> !sees(person, found)).isPresent()) {
            throw Refused.conflict("Project " + Ids.printable(targetProject) + " on infrastructure " + infrastructure.id()
                    + " belongs to another deployment.");
        }
    }

    private boolean sees(Person person, Deployment deployment) {
        return sees(person, deployment.infrastructureId(), deployment.projectKey());
    }

    private boolean sees(Person person, String infrastructureId, String projectKey) {
        Optional<Infrastructure> infrastructure = configuration.get().infrastructure(infrastructureId);
        return infrastructure.isPresent() && records.project(projectKey)
                .filter(project -> access.sees(person, infrastructure.get(), project)).isPresent();
    }

    private void requireBundle(String projectKey, String bundleId) {
        if (records.bundleInBrief(projectKey, bundleId).isEmpty()) {
            throw Refused.notFound("bundle of project " + projectKey, bundleId);
        }
    }

    /** Forgets a deployment; its project stays on the nodes, and belongs to nobody from then on. */
    public void deleteDeployment(String userId, String deploymentId) {
        Person person = people.person(userId);
        Deployment deployment = deployable(person, deploymentId);
        try {
            records.deleteDeployment(deployment.id(), person.id());
        } catch (StillNeeded needed) {
            throw worded(person, "Deployment \"" + deployment.id() + "\"", needed);
        }
    }

    /**
     * One bundle, for whoever may see its project; {@link #read} gives its archive.
     *
     * @throws Refused when there is none, or none that the person may see
     */
    public Bundle bundle(String userId, String projectKey, String bundleId) {
        access.require(people.person(userId), records.project(projectKey), projectKey, ProjectRight.READ);
        return records.bundle(projectKey, bundleId)
                .orElseThrow(() -> Refused.notFound("bundle of project " + projectKey, bundleId));
    }

    /** The archive of a bundle, from its start. */
    public InputStream read(Bundle bundle) throws IOException {
        return files.read(bundle.sha256());
    }

    /** Removes a bundle; refused while a deployment has it. */
    public void deleteBundle(String userId, String projectKey, String bundleId) throws IOException {
        Person person = people.person(userId);
        administered(person, projectKey);
        Bundle bundle = records.bundle(projectKey, bundleId)
                .orElseThrow(() -> Refused.notFound("bundle of project " + projectKey, bundleId));
        try {
            records.deleteBundle(projectKey, bundleId, person.id());
        } catch (StillNeeded needed) {
            throw worded(person, "Bundle \"" + Ids.printable(bundleId) + "\" of project \"" + Ids.printable(projectKey) + "\"", needed);
        }
        files.delete(bundle.sha256());
    }

    /** Removes a published project with its bundles; refused while it has deployments. */
    public void deleteProject(String userId, String projectKey) throws IOException {
        Person person = people.person(userId);
        administered(person, projectKey);
        List<Bundle> bundles = records.bundlesInBrief(projectKey);
        try {
            records.deleteProject(projectKey, person.id());
        } catch (StillNeeded needed) {
            throw worded(person, "Published project \"" + Ids.printable(projectKey) + "\"", needed);
        }
        for (Bundle bundle : bundles) {
            files.delete(bundle.sha256());
        }
    }

    /** Replaces the grants of a published project; they count from the next question on. */
    public void changeGrants(String userId, String projectKey, List<Grant<ProjectRight>> grants) {
        changeGrants(userId, projectKey, before -> grants);
    }

    /**
     * The same.
     *
     * @param change makes them of those that there are by then; nobody else changes them in between; may refuse
     */
    public void changeGrants(String userId, String projectKey, UnaryOperator<List<Grant<ProjectRight>>> change) {
        Person person = people.person(userId);
        administered(person, projectKey);
        records.changeGrants(projectKey, person.id(), change);
    }

    private PublishedProject administered(Person person, String projectKey) {
        return access.require(person, records.project(projectKey), projectKey, ProjectRight.ADMIN);
    }

    /** The deployment, for somebody who may deploy its project to its infrastructure. */
    Deployment deployable(Person person, String id) {
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
        access.require(person, records.project(deployment.projectKey()), deployment.projectKey(), ProjectRight.DEPLOY);
        return deployment;
    }
}
