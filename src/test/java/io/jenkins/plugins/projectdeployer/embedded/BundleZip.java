package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes bundles with the layout of real ones (facts/bundles.md). What readers need comes first in the zip, filler last.
 *
 * <pre>{@code
 * Path zip = BundleZip.of("CHURN", "v1").connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev")
 *         .scenario("TRAIN").webapp("dash").owner("alice").permission("data-team", ProjectFlag.writeProjectContent)
 *         .writeTo(directory.resolve("v1.zip"));
 * }</pre>
 */
public final class BundleZip {
    private final ObjectNode manifest = Json.object();
    private final ObjectNode params = Json.object();
    private final ObjectNode variables = Json.object();
    private final Map<String, ObjectNode> datasets = new LinkedHashMap<>();
    private final Map<String, ObjectNode> recipes = new LinkedHashMap<>();
    private final Map<String, ObjectNode> scenarios = new LinkedHashMap<>();
    private final Map<String, ObjectNode> webapps = new LinkedHashMap<>();
    private final Map<String, byte[]> others = new LinkedHashMap<>();
    private long filler;
    private int extraEntries;
    private boolean withManifest = true;
    private boolean secondManifest;
    private boolean encrypted;
    private boolean namesDisagree;

    private BundleZip(String projectKey, String bundleId) {
        manifest.put("manifestVersion", 3).put("originalProjectKey", projectKey);
        manifest.put("generatedWithDSSVersion", "13.3.1").put("generatedWithDSSConfVersion", "13310");
        if (bundleId != null) {
            manifest.put("bundleId", bundleId);
            manifest.putObject("exportUserInfo").put("exportedOn", "2020-01-01T00:00:00.000+0000").put("exportedBy", "alice");
        }
        manifest.putObject("requiredConnections");
        for (String list : new String[] {
            "usedCodeEnvRefs", "allowedMissingConnections", "allowedMissingCodeEnvs", "requiredCodeStudioTemplates",
            "exportedWithCodeStudioTemplates", "foreignObjects", "exportedWithPlugins"
        }) {
            manifest.putArray(list);
        }
        manifest.putObject("exportedWithOptions").put("exportAllDatasets", false);
        manifest.put("hasPartitionedDataset", false);

        params.put("name", projectKey).put("owner", "alice").put("permissionsVersion", "V2");
        params.putArray("permissions");
        params.putArray("tags");
        params.putObject("exposedObjects").putArray("objects");
        params.putObject("dashboardAuthorizations").put("allAuthorized", false).putArray("authorizations");
        params.putObject("additionalDashboardUsers").putArray("users");
        ObjectNode settings = params.putObject("settings");
        ObjectNode codeEnvs = settings.putObject("codeEnvs");
        for (String language : new String[] {"python", "r", "julia"}) {
            codeEnvs.putObject(language).put("mode", "INHERIT").put("preventOverride", false);
        }
        settings.putObject("container").put("containerMode", "INHERIT");
        settings.putObject("k8sCluster").put("clusterMode", "INHERIT");
        settings.putObject("cluster").put("clusterMode", "INHERIT");
        settings.put("disableAutomaticTriggers", false);
    }

    public static BundleZip of(String projectKey, String bundleId) {
        return new BundleZip(projectKey, bundleId);
    }

    /** A plain project export: no bundle id, so no node takes it as a bundle. */
    public static BundleZip plainExport(String projectKey) {
        return new BundleZip(projectKey, null);
    }

    /** A project as it stands on a design node. */
    static BundleZip export(NodeState state, Project project, String bundleId, String exportedBy) {
        BundleZip zip = of(project.key, bundleId).dssVersion(state.version());
        zip.exportedBy(exportedBy);
        zip.params.put("name", project.name).put("owner", project.owner);
        zip.params.set("permissions", project.permissions.deepCopy());
        zip.params.set("tags", project.metadata.path("tags").deepCopy());
        zip.params.set("settings", project.settings.path("settings").deepCopy());
        zip.params.set("exposedObjects", project.settings.path("exposedObjects").deepCopy());
        zip.variables.setAll(project.standardVariables.deepCopy());
        project.datasets.forEach((name, dataset) -> {
            zip.datasets.put(name, dataset.deepCopy());
            String connection = dataset.path("params").path("connection").asText(null);
            if (connection != null) {
                zip.connection(
                        connection,
                        state.resources().connection(connection).map(c -> c.path("type").asText()).orElse(dataset.path("type").asText()));
            }
        });
        zip.recipes.putAll(project.recipes);
        project.scenarios.forEach((id, scenario) -> zip.scenarios.put(id, scenario.definition.deepCopy()));
        project.webapps.forEach((id, webapp) -> zip.webapps.put(id, webapp.definition.deepCopy()));
        CodeEnvUse.in(zip.params.path("settings")).forEach(use -> zip.usesCodeEnv(use.language(), use.name()));
        return zip;
    }

    /** A connection that the project needs, with its type. */
    public BundleZip connection(String name, String type) {
        Json.child(manifest, "requiredConnections").putObject(name).put("name", name).put("type", type);
        return this;
    }

    /** A dataset on a connection that was named before. */
    public BundleZip dataset(String name, String connection) {
        String type = manifest.path("requiredConnections").path(connection).path("type").asText("Filesystem");
        ObjectNode dataset = Json.object().put("type", type).put("managed", true).put("name", name);
        dataset.putObject("params").put("connection", connection).put("table", name).put("mode", "table");
        dataset.putObject("schema").putArray("columns").addObject().put("name", "id").put("type", "bigint");
        datasets.put(name, dataset);
        return this;
    }

    public BundleZip recipe(String name, String type, String payload) {
        recipes.put(name, Json.object().put("type", type).put("name", name));
        others.put("project_config/recipes/" + name + "." + (type.equals("sql_query") ? "sql" : "py"), utf8(payload));
        return this;
    }

    /** A scenario with triggers off and no run-as user. */
    public BundleZip scenario(String id) {
        return scenario(id, definition -> {});
    }

    public BundleZip scenario(String id, Consumer<ObjectNode> change) {
        ObjectNode definition = Scenario.definition(id, "alice");
        change.accept(definition);
        scenarios.put(id, definition);
        return this;
    }

    /** A scenario marked as a test. */
    public BundleZip testScenario(String id) {
        return scenario(id, definition -> definition.put("markedAsTest", true));
    }

    public BundleZip webapp(String id) {
        return webapp(id, definition -> {});
    }

    public BundleZip webapp(String id, Consumer<ObjectNode> change) {
        ObjectNode definition = Json.object().put("name", id).put("type", "STANDARD").put("apiKey", "webapp-secret-" + id);
        definition.putObject("params").put("autoStartBackend", true);
        definition.putArray("tags");
        Scenario.tag(definition, "creationTag", "alice");
        Scenario.tag(definition, "versionTag", "alice");
        change.accept(definition);
        webapps.put(id, definition);
        return this;
    }

    public BundleZip owner(String login) {
        params.put("owner", login);
        return this;
    }

    public BundleZip name(String name) {
        params.put("name", name);
        return this;
    }

    public BundleZip permission(String group, ProjectFlag... flags) {
        return permissionEntry("group", group, flags);
    }

    public BundleZip userPermission(String login, ProjectFlag... flags) {
        return permissionEntry("user", login, flags);
    }

    private BundleZip permissionEntry(String principal, String name, ProjectFlag... flags) {
        ObjectNode entry = params.withArray("permissions").addObject().put(principal, name);
        for (ProjectFlag flag : ProjectFlag.values()) {
            entry.put(flag.name(), false);
        }
        for (ProjectFlag flag : flags) {
            entry.put(flag.name(), true);
        }
        return this;
    }

    /** Lets the project use this Python code env. */
    public BundleZip codeEnv(String name) {
        ObjectNode settings = Json.child(params, "settings");
        Json.child(Json.child(settings, "codeEnvs"), "python").put("mode", "EXPLICIT_ENV").put("envName", name);
        return usesCodeEnv("PYTHON", name);
    }

    private BundleZip usesCodeEnv(String language, String name) {
        manifest.withArray("usedCodeEnvRefs").addObject().put("envLang", language).put("envName", name);
        return this;
    }

    public BundleZip containerConfig(String name) {
        Json.child(Json.child(params, "settings"), "container").put("containerMode", "EXPLICIT_CONTAINER").put("containerConf", name);
        return this;
    }

    public BundleZip cluster(String id) {
        Json.child(Json.child(params, "settings"), "k8sCluster").put("clusterMode", "EXPLICIT_CLUSTER").put("clusterId", id);
        return this;
    }

    public BundleZip plugin(String id, String version) {
        manifest.withArray("exportedWithPlugins").addObject().put("pluginId", id).put("version", version);
        return this;
    }

    public BundleZip variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public BundleZip dssVersion(String version) {
        manifest.put("generatedWithDSSVersion", version);
        manifest.put("generatedWithDSSConfVersion", version.replace(".", "") + "0");
        return this;
    }

    public BundleZip exportedBy(String login) {
        Json.child(manifest, "exportUserInfo").put("exportedBy", login);
        return this;
    }

    /** Changes the manifest at will. */
    public BundleZip manifest(Consumer<ObjectNode> change) {
        change.accept(manifest);
        return this;
    }

    /** Changes {@code project_config/params.json} at will. */
    public BundleZip params(Consumer<ObjectNode> change) {
        change.accept(params);
        return this;
    }

    /** Adds any entry. */
    public BundleZip entry(String name, byte[] content) {
        others.put(name, content);
        return this;
    }

    /** Makes the bundle this much larger, as included data would; costs no disk and hardly any time. */
    public BundleZip filler(long bytes) {
        filler = bytes;
        return this;
    }

    /** Adds this many tiny entries. */
    public BundleZip entries(int count) {
        extraEntries = count;
        return this;
    }

    public BundleZip withoutManifest() {
        withManifest = false;
        return this;
    }

    /** Adds another manifest at the end, of project EVIL: readers may disagree on which counts. */
    public BundleZip withSecondManifest() {
        secondManifest = true;
        return this;
    }

    /** Marks the manifest as encrypted. */
    public BundleZip encrypted() {
        encrypted = true;
        return this;
    }

    /** Lets the manifest bear another name in its local header than in the directory. */
    public BundleZip namesDisagree() {
        namesDisagree = true;
        return this;
    }

    public Path writeTo(Path file) {
        try (ZipWriter zip = new ZipWriter(file)) {
            for (Map.Entry<String, byte[]> entry : content().entrySet()) {
                boolean isManifest = entry.getKey().equals("export-manifest.json");
                String localName = isManifest && namesDisagree ? "other-manifest.json" : entry.getKey();
                zip.entry(entry.getKey(), localName, entry.getValue(), isManifest && encrypted);
            }
            for (int i = 0; i < extraEntries; i++) {
                zip.entry("lib/python/generated/module_%05d.py".formatted(i), new byte[0]);
            }
            if (secondManifest) {
                zip.entry("export-manifest.json", Json.pretty(manifest.deepCopy().put("originalProjectKey", "EVIL")));
            }
            if (filler > 0) {
                zip.zeros("any_datasets_data/filler/out-0.csv", filler);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The zip's bytes. Not for large fillers. */
    public byte[] bytes() {
        try {
            Path file = Files.createTempFile("bundle", ".zip");
            try {
                return Files.readAllBytes(writeTo(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BundleContents contents() {
        return BundleContents.of(content());
    }

    private Map<String, byte[]> content() {
        Map<String, byte[]> content = new LinkedHashMap<>();
        if (withManifest) {
            content.put("export-manifest.json", Json.pretty(finishedManifest()));
        }
        if (manifest.has("bundleId")) {
            ObjectNode changelog = Json.object();
            changelog.putArray("diffEntries");
            changelog.putArray("logEntries");
            content.put("changelog.json", Json.pretty(changelog));
        }
        content.put("project_config/params.json", Json.pretty(params));
        content.put("project_config/variables.json", Json.pretty(variables));
        content.put("project_config/localvariables.json", utf8("{}"));
        content.put("project_config/tags.json", utf8("{\"tags\": {}}"));
        put(content, "datasets", datasets);
        put(content, "recipes", recipes);
        put(content, "scenarios", scenarios);
        put(content, "web_apps", webapps);
        for (String id : webapps.keySet()) {
            content.put("project_config/web_apps/" + id + "/body.html", utf8("<h1>" + id + "</h1>"));
        }
        content.putAll(others);
        return content;
    }

    private static void put(Map<String, byte[]> content, String folder, Map<String, ObjectNode> items) {
        items.forEach((name, json) -> content.put("project_config/" + folder + "/" + name + ".json", Json.pretty(json)));
    }

    private JsonNode finishedManifest() {
        ObjectNode finished = manifest.deepCopy();
        if (manifest.has("bundleId") && !manifest.has("actualContent")) {
            ObjectNode content = finished.putObject("actualContent");
            content.putObject("configContent")
                    .put("datasets", datasets.size())
                    .put("recipes", recipes.size())
                    .put("scenarios", scenarios.size())
                    .put("webApps", webapps.size());
            for (String list : new String[] {"includedDatasets", "includedSavedModels", "includedManagedFolders"}) {
                content.putArray(list);
            }
            if (filler > 0) {
                ArrayNode included = content.withArray("includedDatasets");
                included.addObject().put("name", "filler").put("type", "Filesystem").put("usedTransferMethod", "COPY").put("size", filler);
            }
        }
        return finished;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
