package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What projects use on a node. Each list comes whole: read it once for a plan. Needs the admin key. Source: facts B5. */
public final class NodeResources {

    /**
     * A code env.
     *
     * @param language {@code PYTHON} or {@code R}
     * @param deploymentMode such as {@code AUTOMATION_VERSIONED}; empty where the node does not say
     */
    public record CodeEnv(String language, String name, String deploymentMode, boolean upToDate) {}

    /** A containerized execution configuration. */
    public record ContainerConfig(String name, String type, boolean usableByAll, Set<String> allowedGroups) {

        /** Freezes the groups. */
        public ContainerConfig {
            allowedGroups = Set.copyOf(allowedGroups);
        }

        /** Who may use it. */
        public NodeResource resource() {
            return new NodeResource(ResourceKind.CONTAINER_EXEC, name, ResourceGrantsJson.shared(usableByAll, allowedGroups));
        }
    }

    private final NodeHttp http;

    NodeResources(NodeHttp http) {
        this.http = http;
    }

    /** All connections by name, without their parameters. */
    public Map<String, NodeConnection> connections() throws NodeException {
        Map<String, NodeConnection> connections = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : list("admin", "connections", "").properties()) {
            JsonNode json = entry.getValue();
            connections.put(
                    entry.getKey(),
                    new NodeConnection(
                            entry.getKey(),
                            json.path("type").asText(),
                            ResourceGrantsJson.shared(usableByAll(json), strings(json.path("allowedGroups"))),
                            json.path("allowWrite").asBoolean(true)));
        }
        return connections;
    }

    /** All code envs. */
    public List<CodeEnv> codeEnvs() throws NodeException {
        List<CodeEnv> codeEnvs = new ArrayList<>();
        for (JsonNode env : list("admin", "code-envs", "")) {
            codeEnvs.add(new CodeEnv(
                    env.path("envLang").asText(),
                    env.path("envName").asText(),
                    env.path("deploymentMode").asText(""),
                    env.path("isUptodate").asBoolean(true)));
        }
        return codeEnvs;
    }

    /** One code env, with its owner, permissions and versions. */
    public NodeDocument codeEnv(String language, String name) throws NodeException {
        ApiPath path =
                ApiPath.of("admin", "code-envs").id("code env language", language).id("code env", name);
        return new NodeDocument(http, path);
    }

    /** Who may do what with a code env. */
    public NodeResource grantsOf(CodeEnv codeEnv) throws NodeException {
        return new NodeResource(ResourceKind.CODE_ENV, codeEnv.name(), codeEnv.language(),
                grants(codeEnv(codeEnv.language(), codeEnv.name()), "code env", codeEnv.name()));
    }

    /** A document that says nothing of it must not pass for one that says that nobody may. */
    private ResourceGrants grants(NodeDocument document, String kind, String name) throws NodeException {
        return ResourceGrantsJson.owned(document.get()).orElseThrow(() -> NodeException.unexpected(http.name(), "What node "
                + Ids.printable(http.name()) + " answers of " + kind + " \"" + Ids.printable(name)
                + "\" has neither \"permissions\" nor \"usableByAll\"."));
    }

    /** Who may do what with the cluster of this id. */
    public NodeResource grantsOfCluster(String id) throws NodeException {
        return new NodeResource(ResourceKind.CLUSTER, id, grants(cluster(id), "cluster", id));
    }

    /** Everything that carries grants of its own; a call for each code env and each cluster. */
    public List<NodeResource> all() throws NodeException {
        List<NodeResource> all = new ArrayList<>(InParallel.map(codeEnvs(), this::grantsOf));
        all.addAll(InParallel.map(clusters(), this::grantsOfCluster));
        containerConfigs().values().forEach(config -> all.add(config.resource()));
        return all;
    }

    /** Ids of all clusters. */
    public Set<String> clusters() throws NodeException {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode cluster : list("admin", "clusters", "")) {
            ids.add(cluster.path("id").asText(cluster.path("name").asText()));
        }
        return ids;
    }

    /** One cluster, with its owner and permissions. */
    public NodeDocument cluster(String id) throws NodeException {
        return new NodeDocument(http, ApiPath.of("admin", "clusters").id("cluster id", id));
    }

    /** All containerized execution configurations by name: they are part of the node's general settings. */
    public Map<String, ContainerConfig> containerConfigs() throws NodeException {
        Map<String, ContainerConfig> configs = new LinkedHashMap<>();
        JsonNode settings = list("admin", "general-settings");
        for (JsonNode json : settings.path("containerSettings").path("executionConfigs")) {
            String name = json.path("name").asText();
            configs.put(
                    name,
                    new ContainerConfig(
                            name,
                            json.path("type").asText(""),
                            usableByAll(json),
                            strings(json.path("allowedGroups"))));
        }
        return configs;
    }

    /** Versions of installed plugins, by plugin id. */
    public Map<String, String> plugins() throws NodeException {
        Map<String, String> plugins = new LinkedHashMap<>();
        for (JsonNode plugin : list("plugins", "")) {
            plugins.put(plugin.path("id").asText(), plugin.path("version").asText(""));
        }
        return plugins;
    }

    private JsonNode list(String... path) throws NodeException {
        return http.json(NodeRequest.get(ApiPath.of(path)));
    }

    private static boolean usableByAll(JsonNode json) {
        return !json.path("usableBy").asText("ALL").equals("ALLOWED");
    }

    private static Set<String> strings(JsonNode list) {
        Set<String> strings = new LinkedHashSet<>();
        list.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}
