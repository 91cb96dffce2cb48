package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What two updates of a deployment were to do differently, value by value. */
final class UpdateDifference {

    private UpdateDifference() {}

    /**
     * Each value that is not the same, by where it stands; an absent one is null.
     *
     * @param withHooks whether hooks are compared, which are for the infrastructure's ADMINs
     */
    static ArrayNode between(Update from, Update to, boolean withHooks) {
        Map<String, String> before = values(from, withHooks);
        Map<String, String> after = values(to, withHooks);
        TreeMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        ArrayNode differences = Json.MAPPER.createArrayNode();
        all.keySet().stream()
                .filter(what -> !Objects.equals(before.get(what), after.get(what)))
                .forEach(what -> differences.addObject().put("what", what).put("from", before.get(what)).put("to", after.get(what)));
        return differences;
    }

    private static Map<String, String> values(Update update, boolean withHooks) {
        Map<String, String> values = new TreeMap<>();
        leaves("", described(update, withHooks), values);
        return values;
    }

    private static ObjectNode described(Update update, boolean withHooks) {
        ObjectNode all = Json.MAPPER.createObjectNode()
                .put("bundle", update.bundleId())
                .put("bundle SHA-256", update.bundleSha256())
                .put("status", update.status().name());
        all.set("requested by", Json.MAPPER.valueToTree(update.request().requestedBy()));
        Plan plan = update.plan();
        if (plan == null) {
            return all; // it ended before it was planned
        }
        all.set("settings", Json.MAPPER.valueToTree(plan.deployment().settings()));
        all.set("names", Json.MAPPER.valueToTree(plan.remapping()));
        all.set("users", Json.MAPPER.valueToTree(plan.users()));
        all.set("permissions", Json.MAPPER.valueToTree(plan.permissions()));
        all.set("policies", Json.MAPPER.valueToTree(plan.infrastructure().policies()));
        all.set("code envs on the nodes", Json.MAPPER.valueToTree(plan.infrastructure().codeEnvsBehavior()));
        all.set("test scenarios", Json.MAPPER.valueToTree(plan.testScenarios()));
        all.put("on failure", plan.onFailure().name());
        ObjectNode nodes = all.putObject("nodes");
        plan.nodes().forEach(node -> nodes.putObject(node.name()).put("version", node.version()).put("bundle before", node.activeBundle()));
        if (withHooks) {
            ObjectNode hooks = all.putObject("hooks");
            plan.infrastructure().hooks().forEach(hook -> hooks.set(hook.name(), Json.MAPPER.valueToTree(hook)));
        }
        return all;
    }

    private static void leaves(String at, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties().forEach(field -> leaves(at.isEmpty() ? field.getKey() : at + " / " + field.getKey(), field.getValue(), values));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(at + " / " + (i + 1), node.get(i), values);
            }
        } else if (!node.isNull() && !node.isMissingNode()) {
            values.put(at, node.asText());
        }
    }
}
