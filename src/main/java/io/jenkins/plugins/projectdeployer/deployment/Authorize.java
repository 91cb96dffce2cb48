package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Deploy on the infrastructure and on the project, for each person who asked, and what the folders around the job that asked
 * allow; the target is free or ours; and no other
 * update has the deployment.
 */
final class Authorize implements PhaseAction {

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Access access;
    private final Publisher publisher;
    private final Records records;
    private final Lanes lanes;
    private final Function<DeployRequest.Origin, FolderRules> folderRules;

    Authorize(
            Supplier<Configuration> configuration,
            People people,
            Access access,
            Publisher publisher,
            Records records,
            Lanes lanes,
            Function<DeployRequest.Origin, FolderRules> folderRules) {
        this.configuration = configuration;
        this.people = people;
        this.access = access;
        this.publisher = publisher;
        this.records = records;
        this.lanes = lanes;
        this.folderRules = folderRules;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws PhaseFailed, Parked {
        DeployRequest request = run.update().request();
        rights(request);
        String deploymentId = deploymentId(request);
        if (run.update().deploymentId() == null) {
            run.record(new UpdateEvent.TargetKnown(deploymentId));
        }
        takeDeployment(run);
        return Update.Outcome.DONE;
    }

    /** Refuses unless everybody who asked may deploy, and their job too; asked again when a wait ends. */
    void rights(DeployRequest request) {
        if (request.requestedBy().isEmpty()) {
            throw new Refused(Refused.Reason.FORBIDDEN, "Nobody is known to ask for this deployment, so no rights can be checked;"
                    + " let a user start the build, or let an administrator set a technical user for the job.");
        }
        if (!Ids.isValid(Targets.deploymentId(request))) {
            throw Refused.invalid("deploymentId \"" + Ids.printable(Targets.deploymentId(request)) + "\" must be letters,"
                    + " digits, dots, dashes and underscores, 64 at most, and not end in a dot; name one with deploymentId.");
        }
        for (String userId : request.requestedBy()) {
            Person person = people.person(userId);
            Optional<Infrastructure> found = configuration.get().infrastructure(request.infrastructure());
            Optional<PublishedProject> project = records.project(request.project());
            boolean readable = project.filter(it -> access.may(person, it, ProjectRight.READ).granted()).isPresent();
            if (!readable && request.designNode() != null) {
                // What the design node is about to publish for the first time gets its rights from the rules then; what is
                // there and hidden is answered like that, before anything else can differ.
                access.require(person, found, request.infrastructure(), InfrastructureRight.DEPLOY);
                publisher.requireRight(userId, request.project());
                if (!access.may(person, publisher.first(person, request.project()), ProjectRight.DEPLOY).granted()) {
                    throw new Refused(Refused.Reason.FORBIDDEN, "The rules for new projects give " + Ids.printable(userId) + " no DEPLOY on"
                            + " project \"" + Ids.printable(request.project()) + "\", so they could publish it and not deploy it: publish it"
                            + " with publishBundle and let somebody deploy it who may, or let an administrator change the rule.");
                }
            } else {
                Infrastructure infrastructure = access.require(person, found, request.infrastructure(), InfrastructureRight.READ);
                PublishedProject published = access.require(person, project, request.project(), ProjectRight.READ);
                access.mayDeploy(person, infrastructure, published).require();
            }
        }
        if (request.origin() != null && request.origin().job() != null
                && folderRules.apply(request.origin()).against(request.infrastructure()).isPresent()) {
            // Without the folder's name: those who may see the deployment need not see the folder.
            throw new Refused(Refused.Reason.FORBIDDEN, "A folder around the job that asks does not let it deploy to infrastructure \""
                    + Ids.printable(request.infrastructure()) + "\". Whoever configures the folder can add it there.");
        }
    }

    /** Refuses unless everybody who asked may take over what nobody claims; asked again when a wait ends. */
    void adoption(DeployRequest request) {
        for (String userId : request.requestedBy()) {
            access.require(people.person(userId), configuration.get().infrastructure(request.infrastructure()),
                    request.infrastructure(), InfrastructureRight.ADMIN);
        }
    }

    /** The deployment that is meant, there already or not; refuses one that belongs to something else. */
    String deploymentId(DeployRequest request) {
        String target = Targets.targetProject(request);
        Optional<Deployment> owner = records.deployment(request.infrastructure(), target);
        if (request.deploymentId() == null && owner.isPresent() && owner.get().projectKey().equals(request.project())) {
            return owner.get().id();
        }
        String id = Targets.deploymentId(request);
        Optional<Deployment> named = records.deployment(id);
        if (named.isPresent() && !isMeant(named.get(), request, target)) {
            throw request.deploymentId() != null
                    ? Refused.notFound("deployment", id)
                    : Refused.conflict("A new deployment would be called " + id + ", and another one is called that already; give this"
                            + " one a name with deploymentId.");
        }
        if (named.isEmpty() && owner.isPresent()) {
            throw Refused.conflict("Project " + Ids.printable(target) + " on infrastructure " + request.infrastructure()
                    + " belongs to another deployment; "
                    + (owner.get().projectKey().equals(request.project()) ? "leave deploymentId away to update that one, or " : "")
                    + "choose another targetProject.");
        }
        return named.map(Deployment::id).orElse(id);
    }

    /** Keeps this update's place in the line that it will stand in, as far as that can be told before anything is checked. */
    void announce(Update update) {
        if (update.request().queue() && update.deploymentId() == null) {
            try {
                lanes.announce(update, deploymentId(update.request()));
            } catch (Refused e) {
                // It will be refused for this once it is looked at, and needs no place.
            }
        }
    }

    private static boolean isMeant(Deployment deployment, DeployRequest request, String target) {
        return deployment.projectKey().equals(request.project())
                && deployment.infrastructureId().equalsIgnoreCase(request.infrastructure())
                && (request.targetProject() == null || deployment.targetProject().equals(target));
    }

    private void takeDeployment(UpdateRun run) throws PhaseFailed, Parked {
        Update update = run.update();
        if (lanes.enterDeployment(update, run.wake())) {
            return;
        }
        String inTheWay = lanes.holder(update).flatMap(records::update).map(Authorize::named).orElse("another update");
        if (update.request().queue()) {
            run.waits("waits behind " + inTheWay);
            throw new Parked();
        }
        lanes.leave(update);
        throw new PhaseFailed("BUSY", "Deployment " + update.deploymentId() + " is taken: " + inTheWay
                + ". Wait for its end, abort it, or set queue: true to wait in line.");
    }

    private static String named(Update other) {
        String where = other.phase() == null ? "about to begin" : "in phase " + other.phase().label();
        return "update " + other.number() + " by " + Ids.printable(other.request().requestingUser()) + " is " + where;
    }
}
