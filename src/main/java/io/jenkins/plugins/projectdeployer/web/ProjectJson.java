package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import java.util.List;
import java.util.Map;

/** A published project in Dataiku's shapes (facts B7). */
final class ProjectJson {

    /** Flags of a line of grants, and the right that each stands for. */
    static final Map<String, ProjectRight> FLAGS = Map.of(
            "read", ProjectRight.READ, "write", ProjectRight.WRITE, "deploy", ProjectRight.DEPLOY, "admin", ProjectRight.ADMIN);

    private ProjectJson() {}

    static ObjectNode basicInfo(String key) {
        return Json.MAPPER.createObjectNode().put("id", key).put("name", key);
    }

    /** A list item, which is the status too. */
    static ObjectNode status(PublishedProject project, View view, ArrayNode packages) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("isAdmin", view.may(project, ProjectRight.ADMIN))
                .put("canDeploy", view.may(project, ProjectRight.DEPLOY))
                .put("canWrite", view.may(project, ProjectRight.WRITE));
        json.set("projectBasicInfo", basicInfo(project.key()));
        json.set("packages", packages);
        List<Deployment> visible = view.deployments(deployment -> deployment.projectKey().equals(project.key()));
        ArrayNode deployments = json.putArray("deployments");
        visible.forEach(deployment -> deployments.add(DeploymentJson.basicInfo(deployment, view)));
        ArrayNode infras = json.putArray("infras");
        visible.stream().map(view::on).distinct().forEach(infrastructure -> infras.add(InfrastructureJson.basicInfo(infrastructure, view)));
        return json;
    }

    static ObjectNode settings(PublishedProject project) {
        ObjectNode json = basicInfo(project.key()).put("owner", project.createdBy()).putNull("basicImageInfo");
        json.set("permissions", GrantsJson.lines(project.grants(), ProjectRight::implies, FLAGS));
        return json;
    }

    /** Bundles, newest first. */
    static ArrayNode packages(List<Bundle> bundles) {
        ArrayNode packages = Json.MAPPER.createArrayNode();
        bundles.forEach(bundle -> packages.add(bundle(bundle)));
        return packages;
    }

    static ObjectNode bundle(Bundle bundle) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("id", bundle.bundleId())
                .put("publishedOn", bundle.publishedAt().toEpochMilli())
                .put("publishedBy", bundle.publishedBy())
                .put("sha256", bundle.sha256())
                .put("size", bundle.size());
        json.putObject("designNodeInfo")
                .put("projectKey", bundle.projectKey()).putNull("nodeId").putNull("url").put("origin", bundle.origin());
        return json;
    }
}
