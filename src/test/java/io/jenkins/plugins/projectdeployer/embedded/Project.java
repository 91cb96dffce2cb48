package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A project on the node. Public methods are for tests: they lock, and give copies. */
public final class Project {
    private final Object lock;
    final String key;
    String name;
    String owner;
    String folderId = Folders.ROOT;
    String activeBundleId;
    ArrayNode permissions = Json.array();
    ObjectNode dashboardAuthorizations;
    ObjectNode additionalDashboardUsers;
    ObjectNode settings = ProjectSettings.initial();
    ObjectNode metadata;
    ObjectNode tags = Json.object();
    ObjectNode standardVariables = Json.object();
    ObjectNode localVariables = Json.object();
    final Map<String, ImportedBundle> imported = new LinkedHashMap<>();
    final Set<String> preloaded = new HashSet<>();
    final Map<String, ExportedBundle> exported = new LinkedHashMap<>();
    final List<ObjectNode> published = new ArrayList<>();
    final Map<String, Scenario> scenarios = new LinkedHashMap<>();
    final Map<String, Webapp> webapps = new LinkedHashMap<>();
    final Map<String, ObjectNode> datasets = new LinkedHashMap<>();
    final Map<String, ObjectNode> recipes = new LinkedHashMap<>();
    /** Whether a scenario's triggers run, kept over activations, also for scenarios that are gone (A2.19). */
    final Map<String, Boolean> rememberedActive = new LinkedHashMap<>();

    Project(Object lock, String key, String name, String owner) {
        this.lock = lock;
        this.key = key;
        this.name = name;
        this.owner = owner;
        dashboardAuthorizations = Json.object().put("allAuthorized", false);
        dashboardAuthorizations.putArray("authorizations");
        additionalDashboardUsers = Json.object();
        additionalDashboardUsers.putArray("users");
        metadata = Json.object().put("label", name).put("description", "");
        metadata.putArray("tags");
        metadata.putObject("custom").putObject("kv");
        metadata.putObject("checklists").putArray("checklists");
    }

    Set<ProjectFlag> flagsOf(Caller caller) {
        if (caller.admin() || caller.user() && caller.identifier().equals(owner)) {
            return EnumSet.allOf(ProjectFlag.class);
        }
        Set<ProjectFlag> flags = EnumSet.noneOf(ProjectFlag.class);
        for (JsonNode entry : permissions) {
            boolean mine = entry.has("group") && caller.groups().contains(entry.get("group").asText())
                    || entry.has("user") && caller.user() && entry.get("user").asText().equals(caller.identifier());
            if (mine) {
                flags.addAll(ProjectFlag.in(entry));
            }
        }
        return flags;
    }

    /** Refuses a caller without this right; one without any does not learn that the project exists. */
    Project require(Caller caller, ProjectFlag flag) {
        Set<ProjectFlag> flags = flagsOf(caller);
        if (flags.isEmpty()) {
            throw ApiError.unknownProject();
        }
        if (!flags.contains(flag)) {
            throw ApiError.forbidden("Action forbidden: '" + caller.identifier() + "' needs " + flag + " on project " + key);
        }
        return this;
    }

    Scenario existingScenario(String id) {
        Scenario scenario = scenarios.get(id);
        if (scenario == null) {
            throw ApiError.notFound("Scenario does not exist: " + key + "." + id);
        }
        return scenario;
    }

    Webapp existingWebapp(String id) {
        Webapp webapp = webapps.get(id);
        if (webapp == null) {
            throw ApiError.notFound("Web app does not exist: " + key + "." + id);
        }
        return webapp;
    }

    ImportedBundle existingImported(String bundleId) {
        ImportedBundle bundle = imported.get(bundleId);
        if (bundle == null) {
            throw ApiError.notFound("Bundle '" + bundleId + "' has not been imported in project " + key);
        }
        return bundle;
    }

    ObjectNode summary() {
        ObjectNode summary = Json.object()
                .put("projectKey", key)
                .put("name", name)
                .put("ownerLogin", owner)
                .put("ownerDisplayName", owner)
                .put("shortDesc", metadata.path("description").asText())
                .put("projectStatus", "Sandbox")
                .put("projectType", "REGULAR");
        summary.set("tags", metadata.path("tags").deepCopy());
        if (activeBundleId != null) {
            summary.putObject("activeBundleState").put("bundleId", activeBundleId);
        }
        return summary;
    }

    public String key() {
        return key;
    }

    public String owner() {
        synchronized (lock) {
            return owner;
        }
    }

    /** Gives the project to somebody else, as an administrator of the node could. */
    public Project owner(String login) {
        synchronized (lock) {
            owner = login;
        }
        return this;
    }

    public String folderId() {
        synchronized (lock) {
            return folderId;
        }
    }

    /** The active bundle's id, or null. */
    public String activeBundleId() {
        synchronized (lock) {
            return activeBundleId;
        }
    }

    /** Says that another bundle is active, as after somebody else's activation. */
    public Project activeBundleId(String bundleId) {
        synchronized (lock) {
            activeBundleId = bundleId;
        }
        return this;
    }

    public List<String> importedBundleIds() {
        synchronized (lock) {
            return List.copyOf(imported.keySet());
        }
    }

    public Optional<ImportedBundle> importedBundle(String bundleId) {
        synchronized (lock) {
            return Optional.ofNullable(imported.get(bundleId));
        }
    }

    public boolean isPreloaded(String bundleId) {
        synchronized (lock) {
            return preloaded.contains(bundleId);
        }
    }

    public ArrayNode permissions() {
        synchronized (lock) {
            return permissions.deepCopy();
        }
    }

    public ObjectNode settings() {
        synchronized (lock) {
            return settings.deepCopy();
        }
    }

    public ObjectNode standardVariables() {
        synchronized (lock) {
            return standardVariables.deepCopy();
        }
    }

    public ObjectNode localVariables() {
        synchronized (lock) {
            return localVariables.deepCopy();
        }
    }

    /** Name of the connection that a dataset now uses. */
    public String connectionOf(String dataset) {
        synchronized (lock) {
            return datasets.get(dataset).path("params").path("connection").asText(null);
        }
    }

    public Scenario scenario(String id) {
        synchronized (lock) {
            return existingScenario(id);
        }
    }

    public List<String> scenarioIds() {
        synchronized (lock) {
            return List.copyOf(scenarios.keySet());
        }
    }

    public Webapp webapp(String id) {
        synchronized (lock) {
            return existingWebapp(id);
        }
    }

    public List<String> webappIds() {
        synchronized (lock) {
            return List.copyOf(webapps.keySet());
        }
    }

    public Project localVariable(String variable, String value) {
        synchronized (lock) {
            localVariables.put(variable, value);
        }
        return this;
    }

    /** Adds a scenario that was made on this node, as people do there: it belongs to no bundle (A2.21). */
    public Scenario addLocalScenario(String id, String author) {
        synchronized (lock) {
            Scenario scenario = new Scenario(lock, key, id, Scenario.definition(id, author), true);
            scenarios.put(id, scenario);
            return scenario;
        }
    }

    /** Gives a group these flags, as a person would on the project's security page. */
    public Project grant(String group, ProjectFlag... flags) {
        synchronized (lock) {
            ObjectNode entry = permissions.addObject().put("group", group);
            for (ProjectFlag flag : flags) {
                entry.put(flag.name(), true);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return "project " + key;
    }
}
