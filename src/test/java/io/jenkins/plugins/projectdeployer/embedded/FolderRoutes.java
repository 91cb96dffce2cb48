package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Project folders (B4). */
final class FolderRoutes {
    private final NodeState state;

    FolderRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        router.get("/project-folders", request -> Reply.json(json(Folders.ROOT, request)));
        router.get("/project-folders/locate-project/{project}", request -> {
            Project project = state.existingProject(request).require(request.caller(), ProjectFlag.readDashboards);
            return Reply.json(json(project.folderId, request));
        });
        router.get("/project-folders/{folder}", request -> Reply.json(json(request.path("folder"), request)));
        router.delete("/project-folders/{folder}", this::delete);
        router.get("/project-folders/{folder}/settings", this::settings);
        router.put("/project-folders/{folder}/settings", this::putSettings);
        router.post("/project-folders/{folder}/children", this::addChild);
        router.post("/project-folders/{folder}/move", this::move);
        router.post("/project-folders/{folder}/projects/{project}/move", this::moveProject);
    }

    private ObjectNode json(String id, Request request) {
        Folders.Folder folder = state.folders().existing(id);
        ObjectNode json = Json.object().put("id", folder.id);
        if (folder.parentId != null) {
            json.put("name", folder.name).put("parentId", folder.parentId);
        }
        json.set("childrenIds", Json.array(state.folders().childrenOf(id)));
        ArrayNode keys = json.putArray("projectKeys");
        for (Project project : state.projects.values()) {
            if (project.folderId.equals(id) && !project.flagsOf(request.caller()).isEmpty()) {
                keys.add(project.key);
            }
        }
        return json;
    }

    private Reply delete(Request request) {
        request.caller().requireAdmin("delete project folders");
        Folders.Folder folder = state.folders().existing(request.path("folder"));
        boolean used = !state.folders().childrenOf(folder.id).isEmpty()
                || state.projects.values().stream().anyMatch(project -> project.folderId.equals(folder.id));
        if (used || folder.parentId == null) {
            throw ApiError.illegal("Project folder '" + folder.id + "' is not empty, or is the root");
        }
        state.folders().remove(folder.id);
        return Reply.nothing();
    }

    private Reply settings(Request request) {
        Folders.Folder folder = state.folders().existing(request.path("folder"));
        ObjectNode settings = Json.object().put("name", folder.name).put("owner", folder.owner);
        settings.putArray("permissions");
        return Reply.json(settings);
    }

    private Reply putSettings(Request request) {
        request.caller().requireAdmin("change project folders");
        Folders.Folder folder = state.folders().existing(request.path("folder"));
        folder.name = request.json().path("name").asText(folder.name);
        folder.owner = request.json().path("owner").asText(folder.owner);
        return Reply.nothing();
    }

    private Reply addChild(Request request) {
        if (!request.caller().mayCreateProjects()) {
            throw ApiError.forbidden("Action forbidden: '" + request.caller().identifier() + "' may not create project folders");
        }
        String name = request.query("name", "");
        if (name.isBlank()) {
            throw ApiError.illegal("A project folder needs a name");
        }
        return Reply.json(json(state.folders().add(request.path("folder"), name), request));
    }

    private Reply move(Request request) {
        request.caller().requireAdmin("move project folders");
        Folders.Folder folder = state.folders().existing(request.path("folder"));
        Folders.Folder destination = state.folders().existing(request.query("destination", ""));
        if (folder.parentId == null || state.folders().isBelow(destination.id, folder.id)) {
            throw ApiError.illegal("Cannot move project folder '" + folder.id + "' into '" + destination.id + "'");
        }
        folder.parentId = destination.id;
        return Reply.nothing();
    }

    private Reply moveProject(Request request) {
        Project project = state.existingProject(request).require(request.caller(), ProjectFlag.admin);
        if (!project.folderId.equals(request.path("folder"))) {
            throw ApiError.illegal("Project " + project.key + " is not in folder '" + request.path("folder") + "'");
        }
        project.folderId = state.folders().existing(request.query("destination", "")).id;
        return Reply.nothing();
    }
}
