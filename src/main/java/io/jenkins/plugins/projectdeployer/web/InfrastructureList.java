package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Ours: the infrastructures that somebody may see, with what they may do there. */
final class InfrastructureList {

    void addTo(Routes routes) {
        routes.get("/infrastructures", call -> call.tagged(call.view().version(), () -> list(call.view())));
    }

    private static ObjectNode list(View view) {
        Map<String, Long> deployments = view.deployments(deployment -> true).stream()
                .collect(Collectors.groupingBy(InfrastructureList::where, Collectors.counting()));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode list = json.putArray("infrastructures");
        view.infrastructures().forEach(infrastructure -> list.addObject()
                .put("id", infrastructure.id())
                .put("stage", infrastructure.stage())
                .put("deployments", deployments.getOrDefault(infrastructure.id().toLowerCase(Locale.ROOT), 0L))
                .put("canDeploy", view.may(infrastructure, InfrastructureRight.DEPLOY))
                .put("isAdmin", view.may(infrastructure, InfrastructureRight.ADMIN)));
        return json;
    }

    private static String where(Deployment deployment) {
        return deployment.infrastructureId().toLowerCase(Locale.ROOT);
    }
}
