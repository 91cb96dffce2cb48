package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.Administration;
import io.jenkins.plugins.projectdeployer.deployment.Publisher;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;

/** Published projects and their bundles. */
final class ProjectResources {

    private static final String PROJECT = "/project-deployer/projects/{key}";
    private static final String BUNDLE = PROJECT + "/bundles/{bundle}";

    private final Records records;
    private final Publisher publisher;
    private final Administration administration;

    ProjectResources(Records records, Publisher publisher, Administration administration) {
        this.records = records;
        this.publisher = publisher;
        this.administration = administration;
    }

    void addTo(Routes routes) {
        routes.get("/project-deployer/projects", call -> list(call.view()))
                .post("/project-deployer/projects", this::create)
                .post("/project-deployer/projects/bundles", this::upload)
                .get(PROJECT, call -> WebReply.json(status(call.view().project(call.path("key"), ProjectRight.READ), call.view())))
                .delete(PROJECT, call -> {
                    administration.deleteProject(call.userId(), call.path("key"));
                    return WebReply.done();
                })
                .get(PROJECT + "/settings", call ->
                        WebReply.json(ProjectJson.settings(call.view().project(call.path("key"), ProjectRight.ADMIN))))
                .put(PROJECT + "/settings", this::change)
                .get(BUNDLE, call -> PublishedProjects.archive(
                        administration, call.userId(), call.path("key"), call.path("bundle")))
                .delete(BUNDLE, call -> {
                    administration.deleteBundle(call.userId(), call.path("key"), call.path("bundle"));
                    return WebReply.done();
                })
                .get(BUNDLE + "/project-standards-report", this::standards);
    }

    private WebReply list(View view) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        view.projects().forEach(project -> list.add(status(project, view)));
        return WebReply.json(list);
    }

    private ObjectNode status(PublishedProject project, View view) {
        return ProjectJson.status(project, view, ProjectJson.packages(records.bundlesInBrief(project.key())));
    }

    private WebReply create(Routes.Call call) throws IOException {
        PublishedProject project = publisher.create(call.userId(), Fields.required(call.request().json("publishedProjectKey"), "publishedProjectKey"));
        return WebReply.json(ProjectJson.basicInfo(project.key()));
    }

    /** Straight from the connection onto the disk. */
    private WebReply upload(Routes.Call call) throws IOException {
        String asked = call.request().query().get("projectKey");
        Bundle bundle = Upload.read(call.request(), upload -> publisher.publish(
                call.userId(), asked == null || asked.isEmpty() ? null : asked, null, upload.content(), origin(upload), null));
        return WebReply.json(ProjectJson.bundle(bundle));
    }

    private static String origin(Upload upload) {
        return upload.name() == null ? "an upload" : upload.name();
    }

    private WebReply change(Routes.Call call) throws IOException {
        PublishedProject project = call.view().project(call.path("key"), ProjectRight.ADMIN);
        ObjectNode said = call.request().json("id", "name", "owner", "permissions", "basicImageInfo");
        Fields.unchanged(said, "id", project.key(), "a published project keeps its key");
        Fields.unchanged(said, "name", project.key(), "it is the key");
        Fields.unchanged(said, "owner", project.createdBy(), "it is whoever published the project first");
        if (said.hasNonNull("permissions")) {
            administration.changeGrants(call.userId(), project.key(),
                    GrantsJson.read(said.get("permissions"), ProjectRight.class, ProjectRight::implies, ProjectJson.FLAGS));
        }
        return WebReply.done();
    }

    /** A report would be in the bundle (facts A4.17); its place there is not known, so there is none. */
    private WebReply standards(Routes.Call call) {
        administration.bundle(call.userId(), call.path("key"), call.path("bundle"));
        return WebReply.json(NullNode.getInstance());
    }
}
