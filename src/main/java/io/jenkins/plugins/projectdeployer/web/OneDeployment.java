package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.Administration;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.deployment.Health;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** Ours: one deployment, what is where, how it is, and what it is to be. */
final class OneDeployment {

    static final String ONE = "/deployments/{id}";
    /** Newest bundles that can be chosen. */
    private static final int BUNDLES = 200;

    private final Records records;
    private final Administration administration;
    private final DeploymentHealth health;

    OneDeployment(Records records, Administration administration, DeploymentHealth health) {
        this.records = records;
        this.administration = administration;
        this.health = health;
    }

    void addTo(Routes routes) {
        routes.get(ONE, this::show)
                .delete(ONE, call -> {
                    administration.deleteDeployment(call.userId(), call.path("id"));
                    return WebReply.done();
                })
                .get(ONE + "/health", this::health)
                .get(ONE + "/settings", this::settings)
                .put(ONE + "/settings", this::change);
    }

    private WebReply show(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        return call.tagged(Objects.hash(call.view().version(), health.version()),
                () -> document(deployment, call.view()));
    }

    private ObjectNode document(Deployment deployment, View view) {
        Infrastructure infrastructure = view.on(deployment);
        Optional<Update> last = health.lastAtWork(deployment);
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("id", deployment.id())
                .put("stage", infrastructure.stage())
                .put("infrastructure", infrastructure.id())
                .put("project", deployment.projectKey())
                .put("targetProject", deployment.targetProject())
                .put("bundle", deployment.bundleId())
                .put("adopted", deployment.adopted())
                .put("createdBy", deployment.createdBy())
                .put("createdAt", deployment.createdAt().toString())
                .put("link", infrastructure.link(deployment.targetProject()))
                .put("health", health.lately(deployment).name())
                .put("canDeploy", mayDeploy(deployment, view))
                .put("isAdmin", view.may(infrastructure, InfrastructureRight.ADMIN));
        json.set("settings", DeploymentJson.settings(deployment, infrastructure));
        ArrayNode nodes = json.putArray("nodes");
        last.ifPresent(update -> update.nodes().forEach(node -> nodes.add(UpdateDetails.node(node).put("update", update.number()))));
        ArrayNode bundles = json.putArray("bundles");
        records.bundlesInBrief(deployment.projectKey()).stream().limit(BUNDLES).map(Bundle::bundleId).forEach(bundles::add);
        json.putNull("underWay");
        records.openUpdates().stream().filter(update -> records.isOf(update, deployment)).findFirst()
                .ifPresent(update -> json.set("underWay", UpdateDetails.line(update)));
        return json;
    }

    private boolean mayDeploy(Deployment deployment, View view) {
        return view.may(view.on(deployment), InfrastructureRight.DEPLOY)
                && records.project(deployment.projectKey()).filter(project -> view.may(project, ProjectRight.DEPLOY)).isPresent();
    }

    /** Asks the nodes where nobody has just done so. */
    private WebReply health(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        Health now = health.of(deployment, call.view().on(deployment));
        ObjectNode json = Json.MAPPER.createObjectNode().put("health", now.level().name());
        ArrayNode messages = json.putArray("messages");
        now.messages().forEach(message -> messages.add(UpdateDetails.message(message)));
        json.set("monitoring", Json.MAPPER.valueToTree(now.monitoring()));
        return WebReply.json(json);
    }

    private WebReply settings(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        return tagged(DeploymentJson.settings(deployment, call.view().on(deployment)));
    }

    /** Changes what it is to be; whoever says what they have seen is not overtaken by somebody who saved meanwhile. */
    private WebReply change(Routes.Call call) throws IOException {
        View view = call.view();
        Deployment deployment = view.deployment(call.path("id"));
        Infrastructure infrastructure = view.infrastructure(deployment.infrastructureId(), InfrastructureRight.DEPLOY);
        view.project(deployment.projectKey(), ProjectRight.DEPLOY);
        String seen = call.request().ifMatch();
        ObjectNode said = call.request().json(DeploymentJson.FIELDS);
        Deployment changed = administration.replace(call.userId(), deployment.id(), Fields.text(said, "bundleId"), (now, on) -> {
            if (seen != null && !seen.equals(ContentTag.of(DeploymentJson.settings(now, on)))) {
                throw Refused.conflict("Somebody has changed the settings of deployment " + now.id()
                        + " since you opened them: load them again.");
            }
            return DeploymentJson.read(said, now, on);
        });
        return tagged(DeploymentJson.settings(changed, infrastructure));
    }

    private static WebReply tagged(JsonNode settings) {
        return WebReply.json(settings).with("ETag", ContentTag.of(settings));
    }
}
