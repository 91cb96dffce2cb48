package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import io.jenkins.plugins.projectdeployer.node.http.NodeReply;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads a node over its public API with the infrastructure's own key (facts B2, B5). The lists there have no pages (E9). */
final class HttpNodeReader implements NodeReader {

    private final BiFunction<String, NodeAddress, NodeHttp> connect;

    /** @param connect the way to a node, from how messages call it and where it is */
    HttpNodeReader(BiFunction<String, NodeAddress, NodeHttp> connect) {
        this.connect = connect;
    }

    @Override
    public NodeFacts read(NodeAddress address, String name, String targetProject, BundleContents contents)
            throws NodeException {
        NodeHttp node = connect.apply(name, address);
        NodeReply info = node.send(NodeRequest.get(ApiPath.of("instance-info")));
        JsonNode instance = json(info, node);
        Map<String, Optional<String>> projects = projects(node.json(NodeRequest.get(ApiPath.of("projects", ""))));
        return new NodeFacts(
                text(instance, "nodeId"),
                text(instance, "nodeType"),
                info.version().orElse(text(instance, "dssVersion")),
                connections(node.json(NodeRequest.get(ApiPath.of("admin", "connections", "")))),
                users(node.json(NodeRequest.get(ApiPath.of("admin", "users", "")))),
                groups(node.json(NodeRequest.get(ApiPath.of("admin", "groups", "")))),
                contents.codeEnvs().isEmpty() ? Map.of() : codeEnvs(node.json(NodeRequest.get(ApiPath.of("admin", "code-envs", "")))),
                contents.containerExecs().isEmpty() ? Map.of() : containerExecs(node.json(NodeRequest.get(ApiPath.of("admin", "general-settings")))),
                contents.clusters().isEmpty() ? Set.of() : names(node.json(NodeRequest.get(ApiPath.of("admin", "clusters", ""))), "id"),
                projects,
                projects.containsKey(targetProject) ? imported(node, targetProject) : Set.of());
    }

    private static JsonNode json(NodeReply reply, NodeHttp node) throws NodeException {
        try {
            JsonNode json = NodeJson.read(reply.octets());
            if (json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw NodeException.unexpected(node.name(), noDataiku(node));
        }
        throw NodeException.unexpected(node.name(), noDataiku(node));
    }

    private static String noDataiku(NodeHttp node) {
        return "Node \"" + node.name() + "\" does not say what it is; check that its URL is that of a Dataiku node.";
    }

    private static Map<String, Optional<String>> projects(JsonNode list) {
        Map<String, Optional<String>> projects = new HashMap<>();
        for (JsonNode project : list) {
            Optional<String> active = Optional.ofNullable(text(project.path("activeBundleState"), "bundleId"));
            projects.put(project.path("projectKey").asText(), active);
        }
        return projects;
    }

    private static Map<String, NodeFacts.Connection> connections(JsonNode byName) {
        Map<String, NodeFacts.Connection> connections = new HashMap<>();
        byName.properties().forEach(entry -> connections.put(entry.getKey(),
                new NodeFacts.Connection(entry.getValue().path("type").asText(), usableBy(entry.getValue()))));
        return connections;
    }

    private static Map<String, NodeFacts.User> users(JsonNode list) {
        Map<String, NodeFacts.User> users = new HashMap<>();
        for (JsonNode user : list) {
            users.put(user.path("login").asText(), new NodeFacts.User(user.path("enabled").asBoolean(true), texts(user.path("groups"))));
        }
        return users;
    }

    private static Map<String, NodeFacts.Group> groups(JsonNode list) {
        Map<String, NodeFacts.Group> groups = new HashMap<>();
        for (JsonNode group : list) {
            JsonNode mayCreate = group.path("mayCreateProjects");
            groups.put(group.path("name").asText(), new NodeFacts.Group(group.path("admin").asBoolean(),
                    mayCreate.isBoolean() ? Optional.of(mayCreate.asBoolean()) : Optional.empty()));
        }
        return groups;
    }

    private static Map<String, Boolean> codeEnvs(JsonNode list) {
        Map<String, Boolean> codeEnvs = new HashMap<>();
        list.forEach(codeEnv -> codeEnvs.put(codeEnv.path("envName").asText(), codeEnv.path("isUptodate").asBoolean(true)));
        return codeEnvs;
    }

    private static Map<String, NodeFacts.UsableBy> containerExecs(JsonNode settings) {
        Map<String, NodeFacts.UsableBy> configs = new HashMap<>();
        for (JsonNode config : settings.path("containerSettings").path("executionConfigs")) {
            configs.put(config.path("name").asText(), usableBy(config));
        }
        return configs;
    }

    private static Set<String> imported(NodeHttp node, String project) throws NodeException {
        ApiPath path = ApiPath.of("projects").id("project key", project).then("bundles", "imported");
        return names(node.json(NodeRequest.get(path)).path("bundles"), "bundleId");
    }

    private static NodeFacts.UsableBy usableBy(JsonNode resource) {
        return resource.path("usableBy").asText().equals("ALLOWED")
                ? new NodeFacts.UsableBy(false, texts(resource.path("allowedGroups")))
                : NodeFacts.UsableBy.EVERYBODY;
    }

    private static Set<String> names(JsonNode list, String field) {
        Set<String> names = new HashSet<>();
        list.forEach(item -> names.add(item.path(field).asText(item.path("name").asText())));
        return names;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asText(null);
    }
}
