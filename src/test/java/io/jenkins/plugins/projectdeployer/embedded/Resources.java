package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What projects on a node use: connections, code envs, clusters, containerized execution configs, plugins. */
public final class Resources {
    private final Object lock;
    private final Map<String, ObjectNode> connections = new LinkedHashMap<>();
    private final Map<String, ObjectNode> codeEnvs = new LinkedHashMap<>();
    private final Map<String, ObjectNode> clusters = new LinkedHashMap<>();
    private final Map<String, ObjectNode> plugins = new LinkedHashMap<>();
    private ObjectNode generalSettings = Json.object();

    Resources(Object lock) {
        this.lock = lock;
        generalSettings.put("nodeName", "");
        generalSettings.putObject("containerSettings").putArray("executionConfigs");
    }

    /** Adds a connection that all may use. Its params hold a password, as real ones do: it must never be shown. */
    public Resources connection(String name, String type) {
        ObjectNode connection = Json.object()
                .put("name", name)
                .put("type", type)
                .put("usableBy", "ALL")
                .put("allowWrite", true)
                .put("allowManagedDatasets", true)
                .put("allowManagedFolders", true);
        connection.putArray("allowedGroups");
        connection.putObject("params").put("host", "db.example.com").put("password", "e:AES:connection-secret");
        connection.putObject("detailsReadability").put("readableBy", "NONE").putArray("allowedGroups");
        synchronized (lock) {
            connections.put(name, connection);
        }
        return this;
    }

    /** Leaves a connection to these groups. */
    public Resources connectionUsableBy(String name, String... groups) {
        synchronized (lock) {
            restrict(existingConnection(name), groups);
        }
        return this;
    }

    public Resources removeConnection(String name) {
        synchronized (lock) {
            connections.remove(name);
        }
        return this;
    }

    /** Adds a code env: {@code PYTHON} or {@code R}. */
    public Resources codeEnv(String language, String name) {
        ObjectNode env = Json.object()
                .put("envName", name)
                .put("envLang", language)
                .put("deploymentMode", "AUTOMATION_SINGLE")
                .put("isUptodate", true)
                .put("owner", "admin")
                .put("usableByAll", true);
        env.putArray("permissions");
        env.putArray("versions");
        synchronized (lock) {
            codeEnvs.put(codeEnvKey(language, name), env);
        }
        return this;
    }

    /** Marks a code env as older than what bundles ask for, which {@code FAIL_IF_MISS} takes as missing (A2.24). */
    public Resources outOfDate(String language, String name) {
        synchronized (lock) {
            existingCodeEnv(language, name).put("isUptodate", false);
        }
        return this;
    }

    public boolean hasCodeEnv(String language, String name) {
        synchronized (lock) {
            return codeEnvs.containsKey(codeEnvKey(language, name));
        }
    }

    public Resources cluster(String id) {
        ObjectNode cluster = Json.object()
                .put("id", id)
                .put("name", id)
                .put("type", "manual")
                .put("architecture", "KUBERNETES")
                .put("state", "RUNNING")
                .put("owner", "admin")
                .put("usableByAll", true);
        cluster.putArray("permissions");
        cluster.putObject("params");
        synchronized (lock) {
            clusters.put(id, cluster);
        }
        return this;
    }

    /** Leaves a code env to its owner and those who are granted something on it. */
    public Resources codeEnvFor(String language, String name, String owner, Shared... lines) {
        synchronized (lock) {
            share(existingCodeEnv(language, name), owner, lines);
        }
        return this;
    }

    /** The same of a cluster. */
    public Resources clusterFor(String id, String owner, Shared... lines) {
        synchronized (lock) {
            share(existingCluster(id), owner, lines);
        }
        return this;
    }

    /** A line of a resource's permissions: what a group may do with it. */
    public record Shared(String group, boolean use, boolean update, boolean manageUsers) {}

    private static void share(ObjectNode resource, String owner, Shared... lines) {
        resource.put("owner", owner).put("usableByAll", false);
        ArrayNode permissions = resource.putArray("permissions");
        for (Shared line : lines) {
            permissions.addObject().put("group", line.group()).put("use", line.use()).put("update", line.update())
                    .put("manageUsers", line.manageUsers());
        }
    }

    /** Adds a containerized execution config, for all or for these groups. */
    public Resources containerConfig(String name, String... groups) {
        synchronized (lock) {
            ObjectNode config = ((ArrayNode) containerConfigs()).addObject();
            config.put("name", name).put("type", "KUBERNETES").put("usableBy", "ALL").putArray("allowedGroups");
            if (groups.length > 0) {
                restrict(config, groups);
            }
        }
        return this;
    }

    public Resources plugin(String id, String version) {
        ObjectNode plugin = Json.object().put("id", id).put("version", version).put("isDev", false);
        plugin.putObject("meta").put("label", id);
        synchronized (lock) {
            plugins.put(id, plugin);
        }
        return this;
    }

    private static void restrict(ObjectNode target, String... groups) {
        target.put("usableBy", "ALLOWED").set("allowedGroups", Json.array(List.of(groups)));
    }

    static String codeEnvKey(String language, String name) {
        return language + "/" + name;
    }

    Optional<ObjectNode> connection(String name) {
        return Optional.ofNullable(connections.get(name));
    }

    ObjectNode existingConnection(String name) {
        return connection(name)
                .orElseThrow(() -> ApiError.illegal("Connection '" + name + "' does not exist"));
    }

    ObjectNode existingCodeEnv(String language, String name) {
        ObjectNode env = codeEnvs.get(codeEnvKey(language, name));
        if (env == null) {
            throw ApiError.illegal("Code env '" + name + "' (" + language + ") does not exist");
        }
        return env;
    }

    ObjectNode existingCluster(String id) {
        ObjectNode cluster = clusters.get(id);
        if (cluster == null) {
            throw ApiError.illegal("Cluster '" + id + "' does not exist");
        }
        return cluster;
    }

    boolean hasContainerConfig(String name) {
        for (JsonNode config : containerConfigs()) {
            if (config.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode containerConfigs() {
        return Json.child(generalSettings, "containerSettings").withArray("executionConfigs");
    }

    Map<String, ObjectNode> connections() {
        return connections;
    }

    Map<String, ObjectNode> codeEnvs() {
        return codeEnvs;
    }

    Map<String, ObjectNode> clusters() {
        return clusters;
    }

    Map<String, ObjectNode> plugins() {
        return plugins;
    }

    ObjectNode generalSettings() {
        return generalSettings;
    }

    void generalSettings(ObjectNode settings) {
        generalSettings = settings;
    }

    static boolean usableBy(JsonNode resource, Caller caller) {
        if (caller.admin() || !resource.path("usableBy").asText().equals("ALLOWED")) {
            return true;
        }
        for (JsonNode group : resource.path("allowedGroups")) {
            if (caller.groups().contains(group.asText())) {
                return true;
            }
        }
        return false;
    }
}
