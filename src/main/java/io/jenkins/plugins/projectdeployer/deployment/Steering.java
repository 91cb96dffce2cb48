package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Updates that people start and end themselves, without a build. What somebody may not see is answered as if it were not there. */
public final class Steering {

    private static final Set<UpdateStatus> RETRIED =
            EnumSet.of(UpdateStatus.FAILED, UpdateStatus.ROLLED_BACK, UpdateStatus.ABORTED);

    private final Engine engine;
    private final Administration administration;
    private final Authorize authorize;
    private final Supplier<Configuration> configuration;
    private final People people;
    private final Access access;
    private final Records records;

    Steering(
            Engine engine,
            Administration administration,
            Authorize authorize,
            Supplier<Configuration> configuration,
            People people,
            Access access,
            Records records) {
        this.engine = engine;
        this.administration = administration;
        this.authorize = authorize;
        this.configuration = configuration;
        this.people = people;
        this.access = access;
        this.records = records;
    }

    /**
     * Starts an update that brings a deployment to its settings; durable when this returns.
     *
     * @param options what else the request says
     * @throws Refused at once when the person may not deploy it; everything later is in the update itself
     */
    public Update start(String userId, String deploymentId, UnaryOperator<DeployRequest.Builder> options) {
        Person person = people.person(userId);
        Deployment deployment = administration.deployable(person, deploymentId);
        if (deployment.bundleId() == null) {
            throw Refused.conflict("Deployment " + deployment.id() + " has no bundle yet: set one in its settings first.");
        }
        DeployRequest.Builder request = DeployRequest.of(
                        UUID.randomUUID().toString(), person.id(), deployment.projectKey(), deployment.infrastructureId())
                .deploymentId(deployment.id())
                .targetProject(deployment.targetProject())
                .bundle(deployment.bundleId());
        return engine.submit(options.apply(request).build());
    }

    /**
     * Takes a request of people themselves, for a deployment that need not be there yet; durable when this returns.
     *
     * @throws Refused at once, with nothing recorded, when they may not deploy it
     */
    public Update submit(DeployRequest request) {
        authorize.rights(request);
        authorize.deploymentId(request);
        return engine.submit(request);
    }

    /**
     * Asks once more for what an update was to do that did not end well. Rights, plan and gate are looked at anew, and hooks
     * run again; on the nodes the phases find what the earlier one has brought there, and go on from where it stood.
     *
     * @throws Refused at once when the person may not deploy it, when there is nothing to try again, or when a newer update
     *     has come to the nodes or is on its way: its work would be undone by the older bundle
     */
    public Update retry(String userId, String deploymentId, long number) {
        Person person = people.person(userId);
        Deployment deployment = administration.deployable(person, deploymentId);
        Update earlier = records.update(number)
                .filter(candidate -> records.isOf(candidate, deployment))
                .orElseThrow(() -> Refused.notFound("update of deployment " + deployment.id(), String.valueOf(number)));
        againstRetry(earlier, deployment).ifPresent(why -> {
            throw Refused.conflict(why);
        });
        return engine.submit(earlier.request().again(UUID.randomUUID().toString(), person.id(), earlier.bundleId(),
                deployment.id()));
    }

    /**
     * Why an update of a deployment cannot be tried again, in a sentence; empty: it can. Rights are the caller's to check.
     */
    public Optional<String> againstRetry(Update earlier, Deployment deployment) {
        if (!RETRIED.contains(earlier.status())) {
            return Optional.of("Update " + earlier.number() + " is " + earlier.status() + ", so there is nothing to try again.");
        }
        if (earlier.phases().isEmpty()) {
            return Optional.of("What update " + earlier.number() + " was to do is no longer kept; start an update instead.");
        }
        long underWay = records.openUpdates().stream()
                .filter(update -> !update.request().dryRun() && records.isOf(update, deployment))
                .mapToLong(Update::number).max().orElse(0);
        long newest = Math.max(underWay, records.past(deployment.id()).lastAtWork());
        if (newest <= earlier.number()) {
            return Optional.empty();
        }
        String bundle = earlier.bundleId() == null ? earlier.request().bundle() : earlier.bundleId();
        return Optional.of("Update " + newest + " of deployment " + deployment.id() + " is newer than update "
                + earlier.number() + ", which would put bundle " + Ids.printable(bundle)
                + " in the place of what that one brings: start an update instead.");
    }

    /**
     * Asks an update to end at its next boundary: for whoever asked for it, and for those who may deploy where it does.
     *
     * @throws Refused when there is none of this key, or none that the person may see
     */
    public void abort(String userId, String key) {
        Person person = people.person(userId);
        Update update = records.update(key).orElseThrow(() -> Refused.notFound("update", key));
        DeployRequest request = update.request();
        var infrastructure = configuration.get().infrastructure(request.infrastructure());
        var project = records.project(request.project());
        if (infrastructure.isEmpty() || project.isEmpty() || !access.sees(person, infrastructure.get(), project.get())) {
            throw Refused.notFound("update", key);
        }
        boolean own = request.requestedBy().stream().anyMatch(id -> people.userKey(id).equals(people.userKey(person.id())));
        if (!own) {
            access.require(person, infrastructure, request.infrastructure(), InfrastructureRight.DEPLOY);
            access.require(person, project, request.project(), ProjectRight.DEPLOY);
        }
        engine.abort(update.number(), person.id());
    }
}
