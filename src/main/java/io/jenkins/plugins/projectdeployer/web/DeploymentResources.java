package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.Administration;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Deployments: which there are, what they are to be, how they are. */
final class DeploymentResources {

    private static final String ALL = "/project-deployer/deployments";
    private static final String ONE = ALL + "/{id}";

    private final Records records;
    private final Administration administration;
    private final DeploymentHealth health;

    DeploymentResources(Records records, Administration administration, DeploymentHealth health) {
        this.records = records;
        this.administration = administration;
        this.health = health;
    }

    void addTo(Routes routes) {
        routes.get(ALL, call -> list(call.view()))
                .post(ALL, this::create)
                .get(ONE, call -> light(call.view().deployment(call.path("id")), call.view()))
                .delete(ONE, call -> {
                    administration.deleteDeployment(call.userId(), call.path("id"));
                    return WebReply.done();
                })
                .get(ONE + "/status", call -> status(call.view().deployment(call.path("id")), call.view()))
                .get(ONE + "/settings", call -> settings(call.view().deployment(call.path("id")), call.view()))
                .put(ONE + "/settings", this::change)
                .get(ONE + "/governance-status", this::governance);
    }

    /** Each with its own bundle alone: all bundles of a project in each of its deployments are too many for one answer. */
    private WebReply list(View view) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        view.deployments(deployment -> true).forEach(deployment -> list.add(light(deployment, view,
                Stream.ofNullable(deployment.bundleId()).flatMap(id -> records.bundleInBrief(deployment.projectKey(), id).stream()).toList())));
        return WebReply.json(list);
    }

    private WebReply light(Deployment deployment, View view) {
        return WebReply.json(light(deployment, view, records.bundlesInBrief(deployment.projectKey())));
    }

    private ObjectNode light(Deployment deployment, View view, List<Bundle> bundles) {
        return DeploymentJson.light(
                deployment, view.on(deployment), view, ProjectJson.packages(bundles), records.everDeployed(deployment.id()));
    }

    private WebReply create(Routes.Call call) throws IOException {
        ObjectNode said = call.request().json();
        if (Fields.text(said, "projectFolderId") != null && !"ROOT".equals(Fields.text(said, "projectFolderId"))) {
            throw Refused.invalid("projectFolderId is an id that only the node knows: name the folder's path as projectFolder.");
        }
        Deployment deployment = administration.create(
                call.userId(),
                Fields.required(said, "deploymentId"),
                Fields.required(said, "publishedProjectKey"),
                Fields.required(said, "infraId"),
                Fields.required(said, "bundleId"),
                Fields.text(said, "deployedProjectKey"),
                new SettingsChange(Fields.text(said, "projectFolder"), null, null, null, null, null, null, null, null));
        return light(deployment, call.view());
    }

    private static WebReply settings(Deployment deployment, View view) {
        return WebReply.json(DeploymentJson.settings(deployment, view.on(deployment)));
    }

    private WebReply change(Routes.Call call) throws IOException {
        Deployment deployment = call.view().deployment(call.path("id"));
        call.view().infrastructure(deployment.infrastructureId(), InfrastructureRight.DEPLOY);
        call.view().project(deployment.projectKey(), ProjectRight.DEPLOY);
        ObjectNode said = call.request().json();
        administration.replace(call.userId(), deployment.id(), Fields.text(said, "bundleId"),
                (now, infrastructure) -> DeploymentJson.read(said, now, infrastructure));
        return WebReply.done();
    }

    private WebReply status(Deployment deployment, View view) {
        return WebReply.json(HealthJson.status(deployment, health.of(deployment, view.on(deployment))));
    }

    /** Whether a bundle may go out is for the stage's gate to say, when its update comes there. */
    private WebReply governance(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode messages = json.putArray("messages");
        call.view().stage(call.view().on(deployment))
                .filter(stage -> !stage.gate().isOpen())
                .ifPresent(stage -> messages.add(MessageJson.of("INFO", "GATE", "Stage " + stage.name()
                        + " has a gate, which each update passes when it comes there.")));
        return WebReply.json(json);
    }
}
