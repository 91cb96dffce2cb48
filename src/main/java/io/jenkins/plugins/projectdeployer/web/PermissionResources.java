package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.access.ProjectPermission;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.deployment.SchemeOnNode;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.Optional;

/** Ours: who may do what in the deployed project, on each node and in the design project that the bundle is from. */
final class PermissionResources {

    private final Records records;
    private final DeploymentHealth health;

    PermissionResources(Records records, DeploymentHealth health) {
        this.records = records;
        this.health = health;
    }

    void addTo(Routes routes) {
        routes.get(OneDeployment.ONE + "/permissions", this::show);
    }

    /** Asks the nodes where nobody has just done so, as the health does. */
    private WebReply show(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        Infrastructure infrastructure = call.view().on(deployment);
        SchemeOnNode.Found found = health.schemes(deployment, infrastructure);
        Optional<Bundle> bundle = health.lastAtWork(deployment)
                .map(Update::bundleId)
                .flatMap(id -> records.bundle(deployment.projectKey(), id));
        // A bundle that nobody could look into says nothing of its owner either.
        Optional<SchemeOnNode> design = bundle.map(Bundle::contents).filter(contents -> contents.owner() != null)
                .map(contents -> new SchemeOnNode(null, contents.owner(), contents.permissions()));
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("bundle", bundle.map(Bundle::bundleId).orElse(null))
                .put("propagation", infrastructure.policies().permissionsPropagation().name())
                .put("designKnown", design.isPresent())
                .put("seenAt", found.at() == null ? null : found.at().toString());
        ArrayNode permissions = json.putArray("permissions");
        for (ProjectPermission permission : ProjectPermission.values()) {
            ArrayNode also = permissions.addObject().put("flag", permission.flag()).put("label", permission.label()).putArray("alsoGrants");
            permission.alsoGrants().forEach(other -> also.add(other.label()));
        }
        ArrayNode why = json.putArray("why");
        found.why().forEach(why::add);
        ArrayNode nodes = json.putArray("nodes");
        found.nodes().forEach(node -> nodes.add(ComparedPermissions.of(node, design)));
        return WebReply.json(json);
    }
}
