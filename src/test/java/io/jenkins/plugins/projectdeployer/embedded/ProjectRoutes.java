package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Projects themselves: list, create, look at, delete. */
final class ProjectRoutes {
    private final NodeState state;

    ProjectRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        router.get("/projects", this::list);
        router.post("/projects", this::create);
        router.get("/projects/{project}", request -> Reply.json(visible(request).summary()));
        router.delete("/projects/{project}", this::delete);
    }

    private Project visible(Request request) {
        return state.existingProject(request).require(request.caller(), ProjectFlag.readDashboards);
    }

    private Reply list(Request request) {
        ArrayNode list = Json.array();
        for (Project project : state.projects.values()) {
            if (!project.flagsOf(request.caller()).isEmpty()) {
                ObjectNode summary = project.summary();
                if (request.flag("includeLocation", false)) {
                    ArrayNode location = summary.putArray("projectLocation");
                    state.folders().path(project.folderId).forEach(location::add);
                }
                list.add(summary);
            }
        }
        return Reply.json(list);
    }

    private Reply create(Request request) {
        if (!request.caller().mayCreateProjects()) {
            throw ApiError.forbidden("Action forbidden: '" + request.caller().identifier() + "' may not create projects");
        }
        ObjectNode asked = request.json();
        String key = asked.path("projectKey").asText("");
        if (!key.matches("[A-Za-z0-9_]+")) {
            throw ApiError.illegal("Invalid project key: '" + key + "'");
        }
        if (state.projects.containsKey(key)) {
            throw ApiError.illegal("Project '" + key + "' already exists");
        }
        String owner = asked.path("owner").asText("");
        if (!state.directory().hasUser(owner)) {
            throw ApiError.illegal("Owner '" + owner + "' does not exist");
        }
        String folder = request.query("projectFolderId", Folders.ROOT);
        state.folders().existing(folder);
        Project project = state.addProject(key, owner);
        project.name = asked.path("name").asText(key);
        project.folderId = folder;
        project.metadata.put("label", project.name).put("description", asked.path("description").asText(""));
        if (asked.path("permissions").isArray()) {
            project.permissions = asked.withArray("permissions").deepCopy();
        }
        if (asked.path("tags").isArray()) {
            project.metadata.set("tags", asked.get("tags").deepCopy());
        }
        return Reply.text("text/plain;charset=utf-8", "Created project " + key);
    }

    private Reply delete(Request request) {
        Project project = state.existingProject(request).require(request.caller(), ProjectFlag.admin);
        return Reply.json(state.futures().submit("delete", request.caller(), () -> {
            state.projects.remove(project.key);
            return new Messages().toJson();
        }));
    }
}
