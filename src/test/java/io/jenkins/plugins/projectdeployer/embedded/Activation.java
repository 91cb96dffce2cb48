package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Makes an imported bundle the active one: checks first, and changes nothing when a check is fatal (A2.27, A2.28).
 *
 * <p>A bundle's run-as users are taken as they come, which is the worst that a real node could do (A4.14): whoever deploys must
 * set them.
 */
final class Activation {
    private final NodeState state;
    private final Project project;
    private final Caller caller;

    Activation(NodeState state, Project project, Caller caller) {
        this.state = state;
        this.project = project;
        this.caller = caller;
    }

    JsonNode activate(ImportedBundle bundle, JsonNode scenariosActiveOnActivation) {
        Messages messages = new Messages();
        BundleContents contents = bundle.contents();
        checkConnections(contents, messages);
        ObjectNode settings = settingsAfter(contents);
        checkCodeEnvsAndContainers(settings, messages);
        checkPlugins(contents, messages);
        if (!messages.isFatal()) {
            project.settings = settings;
            load(state, project, contents, caller.identifier());
            setActive(contents, scenariosActiveOnActivation);
            project.activeBundleId = bundle.bundleId();
        }
        return messages.toJson().put("neededAMigration", false);
    }

    private void checkConnections(BundleContents contents, Messages messages) {
        Remapping remapping = connections(project);
        contents.requiredConnections((name, type) -> {
            String target = remapping.target(name);
            ObjectNode connection = state.resources().connection(target).orElse(null);
            if (connection == null) {
                String text = "Connection '" + target + "' does not exist on this node"
                        + (target.equals(name) ? "" : " (remapped from '" + name + "')");
                if (contents.isAllowedMissing(name)) {
                    messages.warning("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION", "Missing connection", text);
                } else {
                    messages.fatal("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION", "Missing connection", text);
                }
            } else if (!connection.path("type").asText().equals(type)) {
                messages.fatal(
                        "ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_TYPE",
                        "Bad connection type",
                        "Connection '" + target + "' is of type " + connection.path("type").asText() + ", expected " + type);
            } else if (!Resources.usableBy(connection, caller)) {
                messages.fatal(
                        "ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_PERMISSIONS",
                        "Connection not usable",
                        "User '" + caller.identifier() + "' may not use connection '" + target + "'");
            }
        });
    }

    private ObjectNode settingsAfter(BundleContents contents) {
        ObjectNode document = ProjectSettings.fromBundle(project.settings, contents);
        JsonNode remapping = ProjectSettings.remapping(document);
        Remapping codeEnvs = new Remapping(remapping.path("codeEnvs"));
        for (String language : new String[] {"python", "r"}) {
            if (document.path("settings").path("codeEnvs").path(language) instanceof ObjectNode env && env.has("envName")) {
                env.put("envName", codeEnvs.target(env.get("envName").asText()));
            }
        }
        boolean remapContainers = remapping.path("enableContainerExecRemapping").asBoolean(false);
        if (remapContainers
                && document.path("settings").path("container") instanceof ObjectNode container
                && container.has("containerConf")) {
            Remapping containers = new Remapping(remapping.path("containerExecs"));
            container.put("containerConf", containers.target(container.get("containerConf").asText()));
        }
        return document;
    }

    private void checkCodeEnvsAndContainers(ObjectNode document, Messages messages) {
        JsonNode settings = document.path("settings");
        for (CodeEnvUse use : CodeEnvUse.in(settings)) {
            if (!state.resources().hasCodeEnv(use.language(), use.name())) {
                messages.warning(
                        "ERR_CODEENV_MISSING_ENV", "Missing code env", "Code env '" + use.name() + "' (" + use.language() + ") does not exist");
            }
        }
        String container = settings.path("container").path("containerConf").asText(null);
        if (container != null && !state.resources().hasContainerConfig(container)) {
            messages.warning(
                    "ERR_CONTAINER_CONF_NOT_FOUND",
                    "Missing containerized execution config",
                    "Containerized execution config '" + container + "' does not exist");
        }
    }

    private void checkPlugins(BundleContents contents, Messages messages) {
        for (JsonNode plugin : contents.manifest.path("exportedWithPlugins")) {
            String id = plugin.path("pluginId").asText();
            if (!state.resources().plugins().containsKey(id)) {
                messages.warning("WARN_PLUGIN_NOT_INSTALLED", "Missing plugin", "Plugin '" + id + "' is not installed on this node");
            }
        }
    }

    static Remapping connections(Project project) {
        return new Remapping(ProjectSettings.remapping(project.settings).path("connections"));
    }

    /** Puts a bundle's contents in place of the last one's. What was made on the node stays, unless the bundle has the same id. */
    static void load(NodeState state, Project project, BundleContents contents, String author) {
        Remapping connections = connections(project);
        project.datasets.clear();
        contents.datasets.forEach((name, dataset) -> {
            ObjectNode copy = dataset.deepCopy();
            if (copy.path("params") instanceof ObjectNode params && params.has("connection")) {
                params.put("connection", connections.target(params.get("connection").asText()));
            }
            project.datasets.put(name, copy);
        });
        project.recipes.clear();
        project.recipes.putAll(contents.recipes);
        loadScenarios(state, project, contents, author);
        loadWebapps(state, project, contents, author);
        project.standardVariables = contents.variables.deepCopy();
        project.name = contents.params.path("name").asText(project.name);
        project.metadata.put("label", project.name);
        if (contents.params.path("tags").isArray()) {
            project.metadata.set("tags", contents.params.get("tags").deepCopy());
        }
    }

    private static void loadScenarios(NodeState state, Project project, BundleContents contents, String author) {
        Map<String, Scenario> before = Map.copyOf(project.scenarios);
        before.forEach((id, scenario) -> {
            project.rememberedActive.put(id, scenario.definition.path("active").asBoolean());
            if (!scenario.local) {
                project.scenarios.remove(id);
            }
        });
        contents.scenarios.forEach((id, brought) -> {
            ObjectNode definition = Scenario.definition(id, author);
            definition.setAll((ObjectNode) brought.deepCopy());
            Scenario scenario = new Scenario(state, project.key, id, definition, false);
            if (before.containsKey(id)) {
                scenario.runs.addAll(before.get(id).runs);
            }
            project.scenarios.put(id, scenario);
        });
    }

    private static void loadWebapps(NodeState state, Project project, BundleContents contents, String author) {
        Map<String, Webapp> before = Map.copyOf(project.webapps);
        project.webapps.clear();
        contents.webapps.forEach((id, brought) -> {
            ObjectNode definition = Json.object().put("name", id).put("type", "STANDARD");
            definition.putObject("params");
            Scenario.tag(definition, "creationTag", author);
            Scenario.tag(definition, "versionTag", author);
            definition.setAll((ObjectNode) brought.deepCopy());
            Webapp webapp = new Webapp(state, project.key, id, definition);
            if (before.containsKey(id)) {
                webapp.restarts = before.get(id).restarts;
                webapp.running = before.get(id).running;
            }
            if (definition.path("params").path("autoStartBackend").asBoolean() && !webapp.running) {
                webapp.restart();
            }
            project.webapps.put(id, webapp);
        });
    }

    /** Asked for in the call, else as it last was on this node, else off. */
    private void setActive(BundleContents contents, JsonNode asked) {
        for (String id : contents.scenarios.keySet()) {
            boolean remembered = project.rememberedActive.getOrDefault(id, false);
            boolean active = asked.has(id) ? asked.get(id).asBoolean() : remembered;
            project.scenarios.get(id).definition.put("active", active);
            project.rememberedActive.put(id, active);
        }
    }
}
