package io.jenkins.plugins.projectdeployer.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One thing that a plan changes, against the bundle that is active there and the plan that was carried out last.
 *
 * @param what bundle, one setting, one kind of renaming, permissions, who acts, one hook
 * @param before null where there was nothing
 * @param after null where there is to be nothing
 */
public record PlanDifference(String what, String before, String after) {

    private static final int LOOKED_AT = 50;

    /** All that this update's plan changes; everything, where nothing was deployed there before. */
    static List<PlanDifference> of(Update update, Records records) {
        Map<String, String> before = new LinkedHashMap<>(records.deployment(update.deploymentId())
                .filter(deployment -> records.isOf(update, deployment)).stream()
                .flatMap(deployment -> records.arrivals(deployment).limit(LOOKED_AT))
                // One that was rolled back has left nothing of its plan there.
                .filter(arrival -> arrival.update() != update.number() && arrival.status() != UpdateStatus.ROLLED_BACK)
                .map(arrival -> records.update(arrival.update()).orElseThrow())
                .filter(earlier -> earlier.isDone(Phase.ACTIVATE) && earlier.plan() != null)
                .findFirst()
                .map(earlier -> described(earlier.plan()))
                .orElse(Map.of()));
        String active = active(update.plan());
        if (!Objects.equals(active, before.put("bundle", active))) {
            // Somebody has activated it on the node itself.
            before.put("bundle SHA-256", active == null ? null : "not known");
        }
        Map<String, String> after = new LinkedHashMap<>(described(update.plan()));
        before.keySet().forEach(what -> after.putIfAbsent(what, null));
        return Stream.concat(
                        after.entrySet().stream()
                                .filter(entry -> !Objects.equals(entry.getValue(), before.get(entry.getKey())))
                                .map(entry -> new PlanDifference(entry.getKey(), before.get(entry.getKey()), entry.getValue())),
                        secured(update.plan()))
                .toList();
    }

    /** The bundle that all nodes have, or all those that they have; null where none has one. */
    private static String active(Plan plan) {
        List<String> active = plan.nodes().stream().map(Plan.PlannedNode::activeBundle).distinct().toList();
        return active.size() == 1 ? active.get(0)
                : active.stream().map(bundle -> bundle == null ? "none" : bundle).sorted().collect(Collectors.joining(", "));
    }

    /** Owner and permissions are set where the project is new on a node, and left alone everywhere else. */
    private static Stream<PlanDifference> secured(Plan plan) {
        Plan.Scheme scheme = plan.permissions();
        List<String> nodes = plan.nodes().stream().filter(plan::securesAnew).map(Plan.PlannedNode::name).toList();
        if (scheme == null || nodes.isEmpty()) {
            return Stream.empty();
        }
        String where = nodes.size() == plan.nodes().size() ? "" : " on " + String.join(", ", nodes);
        return Stream.concat(
                Stream.of(new PlanDifference("owner" + where, null, scheme.owner())),
                scheme.permissions().stream().map(each ->
                        new PlanDifference("permissions of " + each.principal() + where, null, String.join(", ", each.flags()))));
    }

    private static Map<String, String> described(Plan plan) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("bundle", plan.deployment().bundleId());
        all.put("bundle SHA-256", plan.bundleSha256());
        each("setting ", plan.deployment().settings(), all);
        each("renamed ", plan.remapping(), all);
        all.put("permissions", plan.infrastructure().policies().permissionsPropagation().name());
        all.put("deploying user", plan.users().deployingUser());
        put(all, "scenarios run as", plan.users().scenariosRunAsUser());
        put(all, "web apps run as", plan.users().webAppsRunAsUser());
        for (Hook hook : plan.infrastructure().hooks()) {
            all.put("hook " + hook.name(), hook.phase() + ", SHA-256 " + Ingredients.digest(hook));
        }
        return all;
    }

    /** What is not set is no line of its own. */
    private static void each(String before, Object settings, Map<String, String> all) {
        JsonNode fields = Json.MAPPER.valueToTree(settings);
        fields.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean unset = value.isNull() || value.isContainerNode() && value.isEmpty() || value.isBoolean() && !value.booleanValue();
            if (!unset) {
                all.put(before + field.getKey(), words(value));
            }
        });
    }

    private static String words(JsonNode value) {
        if (value.isArray() && value.get(0).has("source")) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(rename -> rename.path("source").asText() + " -> " + rename.path("target").asText())
                    .collect(Collectors.joining(", "));
        }
        return value.isTextual() ? value.textValue() : Json.text(value);
    }

    private static void put(Map<String, String> all, String what, String value) {
        Optional.ofNullable(value).ifPresent(there -> all.put(what, there));
    }
}
