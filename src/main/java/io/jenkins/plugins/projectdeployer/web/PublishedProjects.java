package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.ActiveBundles;
import io.jenkins.plugins.projectdeployer.deployment.Administration;
import io.jenkins.plugins.projectdeployer.deployment.Publisher;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Ours: published projects, their bundles, who may do what with them, and where they are deployed. */
final class PublishedProjects {

    private static final String ONE = "/projects/{key}";
    private static final String BUNDLE = ONE + "/bundles/{bundle}";
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 500;

    private final Records records;
    private final Publisher publisher;
    private final Administration administration;
    private final ActiveBundles active;

    PublishedProjects(Records records, Publisher publisher, Administration administration, ActiveBundles active) {
        this.records = records;
        this.publisher = publisher;
        this.administration = administration;
        this.active = active;
    }

    void addTo(Routes routes) {
        routes.get("/projects", call -> call.tagged(call.view().version(), () -> list(call)))
                .post("/projects", call -> WebReply.json(line(publisher.create(
                        call.userId(), Fields.required(call.request().json("key"), "key")), call.view(), Map.of())))
                .post("/bundles", this::publish)
                .get(ONE, this::show)
                .delete(ONE, call -> {
                    administration.deleteProject(call.userId(), call.path("key"));
                    return WebReply.done();
                })
                .put(ONE + "/grants", this::grant)
                .get(BUNDLE, this::bundle)
                .delete(BUNDLE, call -> {
                    administration.deleteBundle(call.userId(), call.path("key"), call.path("bundle"));
                    return WebReply.done();
                })
                .get(BUNDLE + "/archive", call -> archive(administration, call.userId(), call.path("key"), call.path("bundle")));
    }

    private JsonNode list(Routes.Call call) {
        WebRequest request = call.request();
        int limit = Math.min(request.number("limit", PAGE), LARGEST_PAGE);
        String after = request.query().getOrDefault("after", "");
        String text = request.query().getOrDefault("text", "").toLowerCase(Locale.ROOT);
        Map<String, List<Deployment>> deployments =
                call.view().deployments(deployment -> true).stream().collect(Collectors.groupingBy(Deployment::projectKey));
        List<PublishedProject> wanted = call.view().projects().stream()
                .filter(project -> project.key().compareTo(after) > 0 && project.key().toLowerCase(Locale.ROOT).contains(text))
                .limit(limit + 1L)
                .toList();
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode lines = json.putArray("projects");
        wanted.stream().limit(limit).forEach(project -> lines.add(line(project, call.view(), deployments)));
        return json.put("next", wanted.size() > limit ? wanted.get(limit - 1).key() : null);
    }

    private ObjectNode line(PublishedProject project, View view, Map<String, List<Deployment>> deployments) {
        List<Bundle> bundles = records.bundlesInBrief(project.key());
        return Json.MAPPER.createObjectNode()
                .put("key", project.key())
                .put("createdBy", project.createdBy())
                .put("createdAt", project.createdAt().toString())
                .put("bundles", bundles.size())
                .put("size", bundles.stream().mapToLong(Bundle::size).sum())
                .put("newest", bundles.isEmpty() ? null : bundles.get(0).bundleId())
                .put("deployments", deployments.getOrDefault(project.key(), List.of()).size())
                .put("canWrite", view.may(project, ProjectRight.WRITE))
                .put("canDeploy", view.may(project, ProjectRight.DEPLOY))
                .put("isAdmin", view.may(project, ProjectRight.ADMIN));
    }

    private WebReply show(Routes.Call call) {
        PublishedProject project = call.view().project(call.path("key"), ProjectRight.READ);
        return call.tagged(call.view().version(), () -> document(project, call.view()));
    }

    private JsonNode document(PublishedProject project, View view) {
        List<Deployment> deployments = view.deployments(deployment -> deployment.projectKey().equals(project.key()));
        ObjectNode json = line(project, view, Map.of(project.key(), deployments));
        ArrayNode bundles = json.putArray("published");
        records.bundlesInBrief(project.key()).forEach(bundle -> bundles.add(bundle(bundle)));
        ArrayNode where = json.putArray("where");
        deployments.forEach(deployment -> where.addObject()
                .put("id", deployment.id())
                .put("infrastructure", deployment.infrastructureId())
                .put("stage", view.on(deployment).stage())
                .put("bundle", deployment.bundleId())
                .set("activeBundles", Json.MAPPER.valueToTree(active.of(deployment).bundles())));
        json.set("grants", view.may(project, ProjectRight.ADMIN) ? Json.MAPPER.valueToTree(project.grants()) : null);
        json.put("revision", revision(project.grants()));
        json.putObject("retention")
                .put("keepPerProject", view.bundleStorage().keepPerProject())
                .put("keepPerStage", view.bundleStorage().keepPerStage())
                .put("quota", view.bundleStorage().quotaPerProject());
        return json;
    }

    private static ObjectNode bundle(Bundle bundle) {
        return Json.MAPPER.createObjectNode()
                .put("id", bundle.bundleId())
                .put("sha256", bundle.sha256())
                .put("size", bundle.size())
                .put("publishedAt", bundle.publishedAt().toString())
                .put("publishedBy", bundle.publishedBy())
                .put("origin", bundle.origin());
    }

    private WebReply bundle(Routes.Call call) {
        Bundle bundle = administration.bundle(call.userId(), call.path("key"), call.path("bundle"));
        ObjectNode json = bundle(bundle).put("releaseNotes", bundle.releaseNotes());
        json.set("contents", Json.MAPPER.valueToTree(bundle.contents()));
        return WebReply.json(json);
    }

    /** Straight from the connection onto the disk. */
    private WebReply publish(Routes.Call call) throws IOException {
        Map<String, String> said = call.request().query();
        String project = said.getOrDefault("project", "");
        Bundle bundle = Upload.read(call.request(), upload -> publisher.publish(call.userId(), project.isEmpty() ? null : project, null,
                upload.content(), said.getOrDefault("name", upload.name() == null ? "an upload" : upload.name()), said.get("notes")));
        return WebReply.json(bundle(bundle).put("project", bundle.projectKey()));
    }

    /** Replaces all of them; whoever says what they have seen is not overtaken by somebody who saved meanwhile. */
    private WebReply grant(Routes.Call call) throws IOException {
        PublishedProject project = call.view().project(call.path("key"), ProjectRight.ADMIN);
        ObjectNode said = call.request().json("grants", "revision");
        if (!said.hasNonNull("grants")) {
            throw Refused.invalid("grants is missing; an empty list takes all of them away.");
        }
        List<Grant<ProjectRight>> grants = new ArrayList<>();
        for (JsonNode line : Fields.list(said.path("grants"), "grants")) {
            String group = Fields.text(line, "group");
            String user = Fields.text(line, "user");
            if ((group == null) == (user == null)) {
                throw Refused.invalid("Each line of grants names a group or a user, one of them.");
            }
            grants.add(new Grant<>(group, user, right(Fields.required(line, "right"))));
        }
        String seen = Fields.text(said, "revision");
        administration.changeGrants(call.userId(), project.key(), now -> {
            if (seen != null && !seen.equals(revision(now))) {
                throw Refused.conflict("Somebody has changed the rights on project " + project.key()
                        + " since you opened them: load them again.");
            }
            return grants;
        });
        return WebReply.done();
    }

    private static String revision(List<Grant<ProjectRight>> grants) {
        return ContentTag.digest(Json.MAPPER.valueToTree(grants));
    }

    private static ProjectRight right(String name) {
        try {
            return ProjectRight.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("right must be one of " + List.of(ProjectRight.values()) + ".");
        }
    }

    /** A bundle's file, for whoever may see its project. */
    static WebReply archive(Administration administration, String userId, String projectKey, String bundleId) {
        Bundle bundle = administration.bundle(userId, projectKey, bundleId);
        return new WebReply(200, Map.of("Content-Type", "application/zip", "X-Content-Type-Options", "nosniff",
                "Content-Disposition", "attachment; filename=\"bundle.zip\"", "ETag", "\"" + bundle.sha256() + "\""),
                bundle.size(), () -> administration.read(bundle));
    }
}
