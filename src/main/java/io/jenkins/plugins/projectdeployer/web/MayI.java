package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.Decision;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.GlobalRights;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Outlook;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Wildcard;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Ours: may somebody deploy a project to an infrastructure, why or why not, and what stands in the way besides. It decides
 * as it would for a build; what its job's folders forbid it says where a job is named.
 */
final class MayI {

    private final AccessMatrix matrix;
    private final Access access;
    private final GlobalRights globalRights;
    private final Records records;
    private final Outlook outlook;
    private final Predicate<String> mayReadJob;
    private final Function<String, FolderRules> folderRules;

    MayI(AccessMatrix matrix, OwnApi.Parts parts) {
        this.matrix = matrix;
        access = parts.access();
        globalRights = parts.globalRights();
        records = parts.records();
        outlook = parts.gates().outlook();
        mayReadJob = parts.mayReadJob();
        folderRules = parts.folderRules();
    }

    void addTo(Routes routes) {
        routes.get("/access/may", this::answer);
    }

    private WebReply answer(Routes.Call call) {
        View view = call.view();
        Person person = matrix.person(view, call.request().query().getOrDefault("user", "").strip());
        String project = call.request().required("project");
        String id = call.request().required("infrastructure");
        Optional<Infrastructure> infrastructure = view.anyInfrastructure(id);
        Optional<PublishedProject> published = records.project(project);
        Decision decision = access.mayDeploy(person, infrastructure, id, published, project);
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("user", person.id())
                .put("project", project)
                .put("infrastructure", id)
                .put("may", decision.granted());
        ArrayNode reasons = json.putArray("reasons");
        // Administrators may know of everything; whoever asks for themselves learns what a build of theirs would.
        (view.person().administrator() ? decision.reasonsForWhoeverMayKnow() : decision.reasons()).forEach(reasons::add);
        boolean seen = infrastructure.filter(it -> view.may(it, InfrastructureRight.READ)).isPresent();
        job(json, call.request().query().getOrDefault("job", "").strip(), id, infrastructure.filter(it -> seen));
        json.putNull("bundle").putNull("openUntil").putArray("gates");
        if (seen && published.filter(it -> view.may(it, ProjectRight.READ)).isPresent()) {
            gates(json, view, person, infrastructure.get(), project, bundle(call, project));
        }
        return WebReply.json(json);
    }

    /**
     * What is asked of a job besides the person who starts it.
     *
     * @param infrastructure empty also where whoever asks may not see it
     */
    private void job(ObjectNode json, String job, String infrastructureId, Optional<Infrastructure> infrastructure) {
        json.put("job", job.isEmpty() ? null : job);
        if (job.isEmpty()) {
            return;
        }
        if (!mayReadJob.test(job)) {
            throw Refused.notFound("job", job);
        }
        ArrayNode reasons = json.withArray("reasons");
        folderRules.apply(job).against(infrastructureId).ifPresent(why -> {
            json.put("may", false);
            reasons.add(why);
        });
        infrastructure.ifPresent(it -> reasons.add("Started by the build step of another job, job " + Ids.printable(job)
                + (it.allowedJobs().stream().anyMatch(pattern -> Wildcard.matches(pattern, job))
                        ? " deploys there in the name of whoever started that one."
                        : " does not deploy there: it is not among the infrastructure's allowed jobs.")));
    }

    private Optional<Bundle> bundle(Routes.Call call, String project) {
        String id = call.request().query().getOrDefault("bundle", "").strip();
        return id.isEmpty() ? Optional.empty()
                : Optional.of(records.bundleInBrief(project, id).orElseThrow(() -> Refused.notFound("bundle", id)));
    }

    private void gates(
            ObjectNode json, View view, Person person, Infrastructure infrastructure, String project, Optional<Bundle> bundle) {
        bundle.ifPresent(it -> json.put("bundle", it.bundleId()));
        outlook.brokenUntil(project, infrastructure).ifPresent(until -> json.put("openUntil", until.toString()));
        ArrayNode gates = json.withArray("gates");
        for (Outlook.Obstacle obstacle : outlook.obstacles(person.id(), project, infrastructure, bundle, view::seesInfrastructure)) {
            ObjectNode gate = gates.addObject().put("kind", obstacle.kind().name()).put("text", obstacle.text());
            ArrayNode approvers = gate.putArray("approvers");
            obstacle.approvers().forEach(approver -> approvers.add(approver.toString()));
            gate.put("right", obstacle.right().label());
            ArrayNode holders = gate.putArray("holders");
            holders(obstacle.right()).forEach(holders::add);
        }
    }

    /** The groups that have a right of Jenkins, as far as its authorization names them. */
    private List<String> holders(GlobalRight right) {
        return globalRights.groups().stream().filter(group -> globalRights.of("", Set.of(group)).contains(right)).sorted().toList();
    }
}
