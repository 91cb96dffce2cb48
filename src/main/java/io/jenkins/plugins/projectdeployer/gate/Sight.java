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
        Optional<ApprovalRequest> found = records.gates().request(id);
        if (found.isPresent() && sees(person, found.get())) {
            return found.get();
        }
        Optional<Update> update = records.update(id)
                .filter(over -> sees(person, over.request().project(), over.request().infrastructure()));
        throw found.isEmpty() && update.isPresent() ? tooLate(id) : Refused.notFound("request", String.valueOf(id));
    }

    /** There is no request, and there is the update. */
    Refused tooLate(long id) {
        return records.update(id).filter(update -> update.status().ended())
                .map(update -> Refused.conflict("Update " + id + " has ended as " + update.status() + "; your decision comes too late."))
                .orElseGet(() -> Refused.conflict("Update " + id + " does not wait for anybody's decision."));
    }
}
