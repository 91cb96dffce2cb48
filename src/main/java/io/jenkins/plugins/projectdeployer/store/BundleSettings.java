package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the design project asks of the node that it runs on, from manifest and {@code params.json}.
 *
 * @param codeEnvs names, sorted
 * @param containerExecs names, sorted
 * @param clusters ids, sorted; may hold variables of the project, as {@code ${name}}
 * @param permissions the design project's
 */
record BundleSettings(
        List<String> codeEnvs, List<String> containerExecs, List<String> clusters, List<ProjectPermissions> permissions) {

    static BundleSettings of(JsonNode manifest, JsonNode params, List<String> notes) {
        JsonNode settings = params.path("settings");
        Set<String> codeEnvs = new TreeSet<>();
        for (JsonNode used : manifest.path("usedCodeEnvRefs")) {
            codeEnv(used, codeEnvs, notes);
        }
        for (JsonNode language : settings.path("codeEnvs")) {
            addWhere(language, "mode", "EXPLICIT_ENV", "envName", codeEnvs);
        }
        Set<String> containers = new TreeSet<>();
        for (String use : List.of("container", "containerForVisualRecipesWorkloads")) {
            addWhere(settings.path(use), "containerMode", "EXPLICIT_CONTAINER", "containerConf", containers);
        }
        Set<String> clusters = new TreeSet<>();
        for (String kind : List.of("k8sCluster", "cluster")) {
            addWhere(settings.path(kind), "clusterMode", "EXPLICIT_CLUSTER", "clusterId", clusters);
        }
        return new BundleSettings(
                List.copyOf(codeEnvs), List.copyOf(containers), List.copyOf(clusters), permissions(params, notes));
    }

    /** The shape of these references was seen nowhere (facts "what is inside a bundle"): both likely ones are taken. */
    private static void codeEnv(JsonNode used, Set<String> codeEnvs, List<String> notes) {
        String name = used.isTextual() ? used.textValue() : BundleReader.text(used, "envName");
        if (name == null) {
            name = BundleReader.text(used, "name");
        }
        if (name == null) {
            notes.add("A code env that the bundle uses has no name that could be read: " + Ids.printable(used.toString())
                    + ".");
        } else {
            codeEnvs.add(name);
        }
    }

    private static void addWhere(JsonNode choice, String field, String chosen, String name, Set<String> names) {
        String value = BundleReader.text(choice, name);
        if (value != null && choice.path(field).asText().equals(chosen)) {
            names.add(value);
        }
    }

    private static List<ProjectPermissions> permissions(JsonNode params, List<String> notes) {
        List<ProjectPermissions> permissions = new ArrayList<>();
        for (JsonNode line : params.path("permissions")) {
            String group = BundleReader.text(line, "group");
            String user = BundleReader.text(line, "user");
            if ((group == null) == (user == null)) {
                notes.add("A line of the design project's permissions names "
                        + (group == null ? "neither a group nor a user" : "both a group and a user") + " and is left out.");
                continue;
            }
            Set<String> flags = new TreeSet<>();
            line.properties().forEach(field -> {
                if (field.getValue().isBoolean() && field.getValue().booleanValue()) {
                    flags.add(field.getKey());
                }
            });
            permissions.add(new ProjectPermissions(group, user, flags));
        }
        return permissions;
    }
}
