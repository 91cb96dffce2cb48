package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.Optional;
import java.util.function.Supplier;

/** Who sees which request: whoever may see both its infrastructure and its project. For anybody else it is not there. */
final class Sight {

    private final Supplier<Configuration> configuration;
    private final Access access;
    private final Records records;

    Sight(Supplier<Configuration> configuration, Access access, Records records) {
        this.configuration = configuration;
        this.access = access;
        this.records = records;
    }

    boolean sees(Person person, ApprovalRequest request) {
        return sees(person, request.project(), request.infrastructure());
    }

    boolean sees(Person person, String projectKey, String infrastructureId) {
        Optional<Infrastructure> infrastructure = configuration.get().infrastructure(infrastructureId);
        Optional<PublishedProject> project = records.project(projectKey);
        return infrastructure.isPresent() && project.isPresent() && access.sees(person, infrastructure.get(), project.get());
    }

    /**
     * The request of this update.
     *
     * @throws Refused {@code NOT_FOUND} when there is no such update or it is hidden; {@code CONFLICT} when it waits for
     *     nobody any more
     */
    ApprovalRequest visible(Person person, long id) {
        return find(person, id).orElseThrow(() -> tooLate(id));
    }

    /**
     * The same; empty where the update waits for nobody any more.
     *
     * @throws Refused {@code NOT_FOUND} when there is no such update or it is hidden
     */
    Optional<ApprovalRequest> find(Person person, long id) {
        Optional<ApprovalRequest> found = records.gates().request(id);
        if (found.isPresent() ? !sees(person, found.get()) : update(person, id).isEmpty()) {
            throw Refused.notFound("request", String.valueOf(id));
        }
        return found;
    }

    /** The update of a request, there or over; empty where it is hidden. */
    Optional<Update> update(Person person, long id) {
        return records.update(id).filter(update -> sees(person, update.request().project(), update.request().infrastructure()));
    }

    /** There is no request, and there is the update: for whoever decides. */
    Refused tooLate(long id) {
        return over(id, "your decision comes too late");
    }

    /** The same for whoever only looks. */
    Refused over(long id) {
        return over(id, "nothing is left to decide");
    }

    private Refused over(long id, String so) {
        return records.update(id).filter(update -> update.status().ended())
                .map(update -> Refused.conflict("Update " + id + " has ended as " + update.status() + "; " + so + "."))
                .orElseGet(() -> Refused.conflict("Update " + id + " does not wait for anybody's decision."));
    }
}
