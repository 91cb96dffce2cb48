package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Connections, code envs, clusters, general settings and plugins (B5). */
final class ResourceRoutes {
    private final NodeState state;
    private final Resources resources;

    ResourceRoutes(NodeState state) {
        this.state = state;
        this.resources = state.resources();
    }

    void register(Router router) {
        registerConnections(router);
        registerCodeEnvs(router);
        registerClusters(router);
        router.get("/admin/general-settings", request -> {
            request.caller().requireAdmin("read the general settings");
            return Reply.json(resources.generalSettings());
        });
        router.put("/admin/general-settings", request -> {
            request.caller().requireAdmin("change the general settings");
            resources.generalSettings(request.json());
            return Reply.nothing();
        });
        router.get("/plugins", request -> Reply.json(list(resources.plugins().values())));
    }

    private static ArrayNode list(Collection<ObjectNode> items) {
        ArrayNode list = Json.array();
        items.forEach(list::add);
        return list;
    }

    private void registerConnections(Router router) {
        router.get("/connections/get-names", request -> {
            String type = request.query("type", "all");
            ArrayNode names = Json.array();
            resources.connections().forEach((name, connection) -> {
                boolean wanted = type.equals("all") || connection.path("type").asText().equals(type);
                if (wanted && Resources.usableBy(connection, request.caller())) {
                    names.add(name);
                }
            });
            return Reply.json(names);
        });
        router.get("/connections/{name}/test", this::testConnection);
        router.get("/admin/connections", request -> {
            request.caller().requireAdmin("list connections");
            ObjectNode map = Json.object();
            map.setAll(resources.connections());
            return Reply.json(map);
        });
        router.get("/admin/connections/{name}", request -> {
            request.caller().requireAdmin("read connections");
            return Reply.json(resources.existingConnection(request.path("name")));
        });
        router.put("/admin/connections/{name}", request -> {
            request.caller().requireAdmin("change connections");
            String name = resources.existingConnection(request.path("name")).path("name").asText();
            resources.connections().put(name, request.json().put("name", name));
            return Reply.done("Updated connection " + name);
        });
        router.post("/admin/connections", request -> {
            request.caller().requireAdmin("create connections");
            ObjectNode sent = request.json();
            String name = sent.path("name").asText("");
            if (name.isEmpty() || resources.connections().containsKey(name)) {
                throw ApiError.illegal("Connection name is empty or taken: '" + name + "'");
            }
            resources.connection(name, sent.path("type").asText());
            resources.existingConnection(name).setAll((ObjectNode) sent.deepCopy());
            return Reply.text("text/plain;charset=utf-8", "Created connection " + name);
        });
        router.delete("/admin/connections/{name}", request -> {
            request.caller().requireAdmin("delete connections");
            resources.connections().remove(resources.existingConnection(request.path("name")).path("name").asText());
            return Reply.nothing();
        });
    }

    /** Connections to files cannot be tested, as on a real node. */
    private Reply testConnection(Request request) {
        ObjectNode connection = resources.existingConnection(request.path("name"));
        if (!Resources.usableBy(connection, request.caller())) {
            throw ApiError.forbidden("Action forbidden: '" + request.caller().identifier() + "' may not use connection '" + request.path("name") + "'");
        }
        if (connection.path("type").asText().equals("Filesystem")) {
            throw ApiError.illegal("Connection of type Filesystem cannot be tested");
        }
        return Reply.json(Json.object().put("connectionOK", true));
    }

    private void registerCodeEnvs(Router router) {
        router.get("/admin/code-envs", request -> {
            ArrayNode list = Json.array();
            resources.codeEnvs().values().forEach(env ->
                    list.add(env.deepCopy().retain("envName", "envLang", "deploymentMode", "isUptodate", "owner")));
            return Reply.json(list);
        });
        router.get("/admin/code-envs/{language}/{name}", request -> {
            request.caller().requireAdmin("read code envs");
            return Reply.json(codeEnv(request));
        });
        router.put("/admin/code-envs/{language}/{name}", request -> {
            request.caller().requireAdmin("change code envs");
            ObjectNode env = codeEnv(request);
            env.setAll((ObjectNode) request.json().deepCopy().retain("permissions", "usableByAll", "owner", "envSettings"));
            return Reply.json(env);
        });
        router.get("/admin/code-envs/{language}/{name}/{project}/version", request -> {
            ObjectNode env = codeEnv(request);
            Project project = state.existingProject(request).require(request.caller(), ProjectFlag.readDashboards);
            for (var version : env.path("versions")) {
                if (version.path("projectKey").asText().equals(project.key)
                        && version.path("bundleId").asText().equals(project.activeBundleId)) {
                    return Reply.json(version);
                }
            }
            return Reply.json(Json.object());
        });
    }

    private ObjectNode codeEnv(Request request) {
        return resources.existingCodeEnv(request.path("language"), request.path("name"));
    }

    private void registerClusters(Router router) {
        router.get("/admin/clusters", request -> {
            request.caller().requireAdmin("list clusters");
            ArrayNode list = Json.array();
            resources.clusters().values().forEach(cluster ->
                    list.add(cluster.deepCopy().retain("id", "name", "type", "architecture", "state", "owner")));
            return Reply.json(list);
        });
        router.get("/admin/clusters/{cluster}", request -> {
            request.caller().requireAdmin("read clusters");
            return Reply.json(resources.existingCluster(request.path("cluster")));
        });
        router.put("/admin/clusters/{cluster}", request -> {
            request.caller().requireAdmin("change clusters");
            ObjectNode cluster = resources.existingCluster(request.path("cluster"));
            cluster.setAll((ObjectNode) request.json().deepCopy().retain("permissions", "usableByAll", "owner", "params", "name"));
            return Reply.json(cluster);
        });
        router.get("/admin/clusters/{cluster}/status", request -> {
            request.caller().requireAdmin("read clusters");
            return Reply.json(Json.object()
                    .put("state", resources.existingCluster(request.path("cluster")).path("state").asText())
                    .put("clusterType", "manual"));
        });
    }
}
