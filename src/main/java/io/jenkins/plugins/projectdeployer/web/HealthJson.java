package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.Health;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Json;

/** The heavy status of a deployment (facts A6.1 to A6.3, B7). */
final class HealthJson {

    private HealthJson() {}

    static ObjectNode status(Deployment deployment, Health health) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("deploymentId", deployment.id())
                .put("health", health.level().name());
        json.putObject("healthMessages").set("messages", MessageJson.of(health.messages()));
        json.set("monitoring", Json.MAPPER.valueToTree(health.monitoring()));
        return json;
    }
}
