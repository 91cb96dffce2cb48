package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.ActiveBundles;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.deployment.Health;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is deployed where, by stage, page by page. No node is asked for it; each deployment's health is
 * what it was when somebody looked last. With an ETag, so that asking again and again costs little while nothing happens.
 */
final class DashboardResources {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 500;

    private final Records records;
    private final DeploymentHealth health;
    private final ActiveBundles active;

    DashboardResources(Records records, DeploymentHealth health) {
        this.records = records;
        this.health = health;
        this.active = new ActiveBundles(records, health);
    }

    void addTo(Routes routes) {
        routes.get("/deployments", this::deployments);
    }

    /** The tag changes with everything that a page shows: records, configuration, the caller's groups, looks at nodes. */
    private WebReply deployments(Routes.Call call) {
        return call.tagged(Objects.hash(call.view().version(), health.version()), () -> page(call));
    }

    private ObjectNode page(Routes.Call call) {
        WebRequest request = call.request();
        View view = call.view();
        int limit = Math.min(request.number("limit", PAGE), LARGEST_PAGE);
        Map<String, Integer> totals = new TreeMap<>();
        Map<String, List<Update>> open = records.openUpdates().stream().filter(update -> update.deploymentId() != null)
                .collect(Collectors.groupingBy(update -> update.deploymentId().toLowerCase(Locale.ROOT)));
        Predicate<Deployment> wanted = wanted(request, view);
        String after = request.query().getOrDefault("after", "");
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode rows = json.putArray("deployments");
        json.putNull("next");
        TreeSet<String> projects = new TreeSet<>();
        for (Deployment deployment : view.deployments(deployment -> true)) {
            totals.merge(view.on(deployment).stage(), 1, Integer::sum);
            projects.add(deployment.projectKey());
            if (json.path("next").isNull() && deployment.id().compareToIgnoreCase(after) > 0 && wanted.test(deployment)) {
                if (rows.size() == limit) {
                    json.put("next", rows.get(limit - 1).path("id").asText());
                } else {
                    rows.add(row(deployment, view, open.getOrDefault(deployment.id().toLowerCase(Locale.ROOT), List.of()).stream()
                            .filter(update -> records.isOf(update, deployment)).findFirst()));
                }
            }
        }
        ArrayNode stages = json.putArray("stages");
        view.stages().forEach(stage -> stages.addObject()
                .put("id", stage.name())
                .put("desc", stage.description())
                .put("deployments", totals.getOrDefault(stage.name(), 0)));
        json.set("projects", Json.MAPPER.valueToTree(projects));
        json.set("infrastructures", Json.MAPPER.valueToTree(view.infrastructures().stream().map(Infrastructure::id).toList()));
        return json;
    }

    /** The cheap questions first: health costs a look into the journal. */
    private Predicate<Deployment> wanted(WebRequest request, View view) {
        checkHealth(request.query().getOrDefault("health", ""));
        Predicate<Deployment> all = deployment -> true;
        return all
                .and(is(request, "stage", deployment -> view.on(deployment).stage()))
                .and(is(request, "infrastructure", Deployment::infrastructureId))
                .and(is(request, "project", Deployment::projectKey))
                .and(deployment -> text(deployment).contains(request.query().getOrDefault("text", "").toLowerCase(Locale.ROOT)))
                .and(is(request, "health", deployment -> health.lately(deployment).name()));
    }

    /** A misspelt one must not look as if no deployment were like that. */
    private static void checkHealth(String asked) {
        if (!asked.isEmpty() && Arrays.stream(Health.Level.values()).noneMatch(level -> level.name().equalsIgnoreCase(asked))) {
            throw Refused.invalid("health \"" + Ids.printable(asked) + "\" is none of " + Arrays.toString(Health.Level.values()) + ".");
        }
    }

    private static Predicate<Deployment> is(
            WebRequest request, String parameter, java.util.function.Function<Deployment, String> field) {
        String asked = request.query().getOrDefault(parameter, "");
        return deployment -> asked.isEmpty() || field.apply(deployment).equalsIgnoreCase(asked);
    }

    private static String text(Deployment deployment) {
        return (deployment.id() + " " + deployment.projectKey() + " " + deployment.targetProject() + " " + deployment.bundleId() + " "
                + String.join(" ", deployment.settings().tags())).toLowerCase(Locale.ROOT);
    }

    private ObjectNode row(Deployment deployment, View view, Optional<Update> open) {
        Health.Level level = health.lately(deployment);
        ActiveBundles.There there = active.of(deployment);
        ObjectNode row = Json.MAPPER.createObjectNode()
                .put("id", deployment.id())
                .put("stage", view.on(deployment).stage())
                .put("infrastructure", deployment.infrastructureId())
                .put("project", deployment.projectKey())
                .put("targetProject", deployment.targetProject())
                .put("bundle", deployment.bundleId())
                .put("health", level.name())
                .put("since", there.broughtBy().map(update -> update.endedAt().toString()).orElse(null))
                .put("by", there.broughtBy().map(update -> update.request().requestingUser()).orElse(null));
        row.set("activeBundles", Json.MAPPER.valueToTree(there.bundles()));
        row.set("tags", Json.MAPPER.valueToTree(deployment.settings().tags()));
        row.putNull("update");
        open.ifPresent(update -> row.putObject("update")
                .put("number", update.number())
                .put("status", update.status().name())
                .put("phase", update.phase() == null ? null : update.phase().label())
                .put("requester", update.request().requestingUser()));
        return row;
    }
}
