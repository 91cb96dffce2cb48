package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Plan;

/**
 * A plan for whoever may see its infrastructure and its project: what will be done, where, as whom. Without addresses of
 * nodes, and without hooks, of which a request shows names and digests.
 */
final class PlanJson {

    private PlanJson() {}

    static ObjectNode of(Plan plan) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("deployment", plan.deployment().id())
                .put("project", plan.deployment().projectKey())
                .put("targetProject", plan.deployment().targetProject())
                .put("bundle", plan.deployment().bundleId())
                .put("bundleSha256", plan.bundleSha256())
                .put("infrastructure", plan.infrastructure().id())
                .put("stage", plan.infrastructure().stage())
                .put("firstDeployment", plan.firstDeployment())
                .put("permissionsPropagation", plan.infrastructure().policies().permissionsPropagation().name())
                .put("onFailure", plan.onFailure().name());
        json.set("users", Json.MAPPER.valueToTree(plan.users()));
        json.set("settings", Json.MAPPER.valueToTree(plan.deployment().settings()));
        json.set("remapping", Json.MAPPER.valueToTree(plan.remapping()));
        json.set("permissions", Json.MAPPER.valueToTree(plan.permissions()));
        json.set("testScenarios", Json.MAPPER.valueToTree(plan.testScenarios()));
        json.set("messages", MessageJson.of(plan.messages()));
        ArrayNode nodes = json.putArray("nodes");
        plan.nodes().forEach(node -> nodes.addObject()
                .put("name", node.name())
                .put("version", node.version())
                .put("projectPresent", node.projectPresent())
                .put("activeBundle", node.activeBundle()));
        return json;
    }
}
