package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.Administration;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.gate.Outlook;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Deployments: which there are, what they are to be, how they are. */
final class DeploymentResources {

    private static final String ALL = "/project-deployer/deployments";
    private static final String ONE = ALL + "/{id}";

    private final Records records;
    private final Administration administration;
    private final DeploymentHealth health;
    private final Outlook outlook;

    DeploymentResources(Records records, Administration administration, DeploymentHealth health, Outlook outlook) {
        this.records = records;
        this.administration = administration;
        this.health = health;
        this.outlook = outlook;
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
        ObjectNode said = call.request().json("deploymentId", "publishedProjectKey", "infraId", "bundleId", "deployedProjectKey",
                "projectFolder", "projectFolderId");
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
        ObjectNode said = call.request().json(DeploymentJson.FIELDS);
        administration.replace(call.userId(), deployment.id(), Fields.text(said, "bundleId"),
                (now, infrastructure) -> DeploymentJson.read(said, now, infrastructure));
        return WebReply.done();
    }

    private WebReply status(Deployment deployment, View view) {
        return WebReply.json(HealthJson.status(deployment, health.of(deployment, view.on(deployment))));
    }

    /** What stands between a bundle and the deployment's stage at this moment; its update asks again when it comes there. */
    private WebReply governance(Routes.Call call) {
        View view = call.view();
        Deployment deployment = view.deployment(call.path("id"));
        Infrastructure infrastructure = view.on(deployment);
        String asked = call.request().query().getOrDefault("bundleId", "");
        Optional<Bundle> bundle = Optional.ofNullable(asked.isEmpty() ? deployment.bundleId() : asked)
                .flatMap(id -> records.bundleInBrief(deployment.projectKey(), id));
        if (bundle.isEmpty() && !asked.isEmpty()) {
            throw Refused.notFound("bundle", asked);
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode messages = json.putArray("messages");
        Optional<Instant> broken = outlook.brokenUntil(deployment.projectKey(), infrastructure);
        broken.ifPresent(until -> messages.add(MessageJson.of("INFO", "BROKEN_GLASS",
                "Somebody has opened the gate in an emergency: nothing of it holds until " + until + ".")));
        outlook.obstacles(view.person().id(), deployment.projectKey(), infrastructure, bundle, view::seesInfrastructure).forEach(obstacle ->
                messages.add(MessageJson.of(severity(obstacle, broken.isPresent(), bundle.isPresent()), code(obstacle), obstacle.text())));
        return WebReply.json(json);
    }

    /** Where this bundle does not meet the promotion rule its update fails; for everything else it waits. */
    private static String severity(Outlook.Obstacle obstacle, boolean broken, boolean ofBundle) {
        return broken ? "INFO" : obstacle.kind() == Outlook.Kind.PROMOTION && ofBundle ? "ERROR" : "WARNING";
    }

    private static String code(Outlook.Obstacle obstacle) {
        return switch (obstacle.kind()) {
            case PROMOTION -> "NOT_PROMOTED";
            case APPROVALS -> "GATE_APPROVALS";
            case FREEZE -> "GATE_FREEZE";
        };
    }
}
