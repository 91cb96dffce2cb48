package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/** Users and groups, whole for administrators and in short for everybody (B5). */
final class DirectoryRoutes {
    private final Directory directory;

    DirectoryRoutes(NodeState state) {
        this.directory = state.directory();
    }

    void register(Router router) {
        router.get("/current-user", request -> Reply.json(directory.existingUser(request.caller().identifier())));
        router.get("/users", request -> Reply.json(brief(directory.users().values(), "login", "displayName", "groups", "enabled")));
        router.get("/users/{login}", request -> Reply.json(
                directory.existingUser(request.path("login")).deepCopy().retain("login", "displayName", "groups", "enabled")));
        router.get("/groups", request -> Reply.json(brief(directory.groups().values(), "name", "description")));
        router.get("/admin/users", request -> Reply.json(all(request, directory.users().values())));
        router.get("/admin/users/{login}", request -> Reply.json(admin(request, directory.existingUser(request.path("login")))));
        router.post("/admin/users", this::createUser);
        router.put("/admin/users/{login}", this::putUser);
        router.delete("/admin/users/{login}", request -> {
            directory.users().remove(admin(request, directory.existingUser(request.path("login"))).path("login").asText());
            return Reply.nothing();
        });
        router.get("/admin/groups", request -> Reply.json(all(request, directory.groups().values())));
        router.get("/admin/groups/{name}", request -> Reply.json(admin(request, directory.existingGroup(request.path("name")))));
        router.post("/admin/groups", this::createGroup);
        router.put("/admin/groups/{name}", this::putGroup);
        router.delete("/admin/groups/{name}", request -> {
            directory.groups().remove(admin(request, directory.existingGroup(request.path("name"))).path("name").asText());
            return Reply.nothing();
        });
    }

    private static ArrayNode brief(Collection<ObjectNode> items, String... fields) {
        ArrayNode list = Json.array();
        items.forEach(item -> list.add(item.deepCopy().retain(fields)));
        return list;
    }

    private static ArrayNode all(Request request, Collection<ObjectNode> items) {
        request.caller().requireAdmin("list users and groups");
        ArrayNode list = Json.array();
        items.forEach(list::add);
        return list;
    }

    private static ObjectNode admin(Request request, ObjectNode item) {
        request.caller().requireAdmin("manage users and groups");
        return item;
    }

    private Reply createUser(Request request) {
        request.caller().requireAdmin("create users");
        ObjectNode sent = request.json();
        String login = sent.path("login").asText("");
        if (login.isEmpty() || directory.hasUser(login)) {
            throw ApiError.illegal("Login is empty or taken: '" + login + "'");
        }
        directory.user(login);
        directory.existingUser(login).setAll((ObjectNode) sent.deepCopy().retain("displayName", "groups", "email", "userProfile", "sourceType"));
        return Reply.text("text/plain;charset=utf-8", "Created user " + login);
    }

    private Reply putUser(Request request) {
        ObjectNode user = admin(request, directory.existingUser(request.path("login")));
        user.setAll((ObjectNode) request.json().deepCopy().retain(
                List.of("email", "displayName", "enabled", "groups", "userProfile", "userProperties", "adminProperties")));
        return Reply.done("Updated user " + request.path("login"));
    }

    private Reply createGroup(Request request) {
        request.caller().requireAdmin("create groups");
        String name = request.json().path("name").asText("");
        if (name.isEmpty() || directory.hasGroup(name)) {
            throw ApiError.illegal("Group name is empty or taken: '" + name + "'");
        }
        directory.group(name);
        return Reply.text("text/plain;charset=utf-8", "Created group " + name);
    }

    private Reply putGroup(Request request) {
        ObjectNode group = admin(request, directory.existingGroup(request.path("name")));
        group.setAll((ObjectNode) request.json().deepCopy().without("name"));
        return Reply.nothing();
    }
}
