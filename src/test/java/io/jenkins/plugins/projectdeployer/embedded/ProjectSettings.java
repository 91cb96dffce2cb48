package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The settings document of a project: its first form, and which keys a node keeps of what it is sent. */
final class ProjectSettings {
    private static final List<String> TOP = List.of(
            "settings", "exposedObjects", "bundleContainerSettings", "bundleExporterSettings", "flowBuildSettings",
            "metrics", "checks", "tags");
    private static final List<String> INNER = List.of(
            "codeEnvs", "container", "containerForVisualRecipesWorkloads", "k8sCluster", "cluster", "disableAutomaticTriggers",
            "recipeEnginesPreferences", "flowBuildSettings", "flowDisplaySettings", "flowAnchorSourcesAndSinks", "gitCommitMode",
            "integrations", "sharingRequestsEnabled", "limitedVisibilityEnabled", "accessRequestsEnabled", "limitsSettings",
            "relocationSettings", "datasetsCreationSettings", "hiveEngineCreationSettings", "sparkEngineCreationSettings",
            "impalaEngineCreationSettings", "wikiSettings", "virtualWebAppBackendSettings", "dkuProperties");
    private static final Map<String, List<String>> BUNDLE = Map.of(
            "", List.of("remapping", "codeEnvsBehavior"),
            "remapping", List.of("connections", "codeEnvs", "containerExecs", "enableContainerExecRemapping"),
            "codeEnvsBehavior", List.of("importTimeMode", "envImportSpecificationMode"));

    private ProjectSettings() {}

    /** A new project has no {@code bundleContainerSettings}: it appears when somebody sets it. */
    static ObjectNode initial() {
        ObjectNode document = Json.object();
        ObjectNode settings = document.putObject("settings");
        settings.setAll(defaults());
        document.putObject("exposedObjects").putArray("objects");
        return document;
    }

    private static ObjectNode defaults() {
        ObjectNode settings = Json.object();
        ObjectNode codeEnvs = settings.putObject("codeEnvs");
        codeEnvs.putObject("python").put("mode", "USE_BUILTIN_MODE").put("useBuiltinEnv", true);
        codeEnvs.putObject("r").put("mode", "USE_BUILTIN_MODE").put("useBuiltinEnv", true);
        settings.putObject("container").put("containerMode", "INHERIT");
        settings.putObject("k8sCluster").put("clusterMode", "INHERIT");
        settings.putObject("cluster").put("clusterMode", "INHERIT");
        settings.put("disableAutomaticTriggers", false);
        return settings;
    }

    /** A project's settings with a bundle's in place of its own; what the node adds to them stays. */
    static ObjectNode fromBundle(ObjectNode current, BundleContents bundle) {
        ObjectNode document = current.deepCopy();
        ObjectNode settings = defaults();
        if (bundle.params.get("settings") instanceof ObjectNode brought) {
            settings.setAll((ObjectNode) brought.deepCopy());
        }
        document.set("settings", settings);
        if (bundle.params.get("exposedObjects") instanceof ObjectNode exposed) {
            document.set("exposedObjects", exposed.deepCopy());
        }
        return document;
    }

    /** Dataiku drops keys that it does not know and still answers 200 (B0). */
    static ObjectNode keepKnown(ObjectNode sent) {
        ObjectNode kept = sent.deepCopy().retain(TOP);
        if (kept.get("settings") instanceof ObjectNode settings) {
            settings.retain(INNER);
        }
        if (kept.get("bundleContainerSettings") instanceof ObjectNode bundle) {
            bundle.retain(BUNDLE.get(""));
            for (String name : BUNDLE.get("")) {
                if (bundle.get(name) instanceof ObjectNode part) {
                    part.retain(BUNDLE.get(name));
                }
            }
        }
        return kept;
    }

    static JsonNode remapping(ObjectNode document) {
        return document.path("bundleContainerSettings").path("remapping");
    }

    static String importTimeMode(ObjectNode document) {
        return document.path("bundleContainerSettings").path("codeEnvsBehavior").path("importTimeMode").asText("INSTALL_IF_MISS");
    }
}
