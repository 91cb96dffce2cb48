package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a plan changes, against the plan that was carried out there last.
 *
 * @param what bundle, settings, remapping, permissions, who acts, hooks
 * @param before null where there was nothing
 * @param after null where there is to be nothing
 */
public record PlanDifference(String what, String before, String after) {

    private static final int LOOKED_AT = 50;

    /** All that this update's plan changes; everything, where nothing was deployed there before. */
    static List<PlanDifference> of(Update update, Records records) {
        Map<String, String> before = records.history(update.deploymentId(), LOOKED_AT).stream()
                .filter(earlier -> earlier.number() != update.number() && earlier.isDone(Phase.ACTIVATE) && earlier.plan() != null)
                .findFirst()
                .map(earlier -> described(earlier.plan()))
                .orElse(Map.of());
        Map<String, String> after = new LinkedHashMap<>(described(update.plan()));
        before.keySet().forEach(what -> after.putIfAbsent(what, null));
        return after.entrySet().stream()
                .filter(entry -> !Objects.equals(entry.getValue(), before.get(entry.getKey())))
                .map(entry -> new PlanDifference(entry.getKey(), before.get(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static Map<String, String> described(Plan plan) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("bundle", plan.deployment().bundleId());
        all.put("bundle SHA-256", plan.bundleSha256());
        all.put("settings", Json.text(plan.deployment().settings()));
        all.put("remapping", Json.text(plan.remapping()));
        all.put("permissions", Json.text(plan.infrastructure().policies().permissionsPropagation()));
        all.put("deploying user", plan.users().deployingUser());
        put(all, "scenarios run as", plan.users().scenariosRunAsUser());
        put(all, "web apps run as", plan.users().webAppsRunAsUser());
        for (Hook hook : plan.infrastructure().hooks()) {
            all.put("hook " + hook.name(), hook.phase() + ", SHA-256 " + Ingredients.digest(hook));
        }
        return all;
    }

    private static void put(Map<String, String> all, String what, String value) {
        Optional.ofNullable(value).ifPresent(there -> all.put(what, there));
    }
}
