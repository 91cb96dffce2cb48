package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Documents of a project that are read and replaced whole: settings, permissions, variables, metadata. */
final class ProjectSettingsRoutes {
    private final NodeState state;

    ProjectSettingsRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        router.get("/projects/{project}/settings", request ->
                Reply.json(state.withNewerSettings(project(request, ProjectFlag.readProjectContent).settings)));
        router.put("/projects/{project}/settings", request -> {
            project(request, ProjectFlag.admin).settings = ProjectSettings.keepKnown(request.json());
            return Reply.done("updated project settings");
        });
        router.get("/projects/{project}/permissions", request -> Reply.json(permissions(project(request, ProjectFlag.admin))));
        router.put("/projects/{project}/permissions", this::putPermissions);
        router.get("/projects/{project}/variables", this::variables);
        router.put("/projects/{project}/variables", this::putVariables);
        router.get("/projects/{project}/metadata", request ->
                Reply.json(project(request, ProjectFlag.readDashboards).metadata));
        router.put("/projects/{project}/metadata", request -> {
            Project project = project(request, ProjectFlag.writeProjectContent);
            project.metadata = request.json();
            project.name = project.metadata.path("label").asText(project.name);
            return Reply.done("updated metadata for " + project.key);
        });
    }

    private Project project(Request request, ProjectFlag needed) {
        return state.existingProject(request).require(request.caller(), needed);
    }

    private static ObjectNode permissions(Project project) {
        ObjectNode document = Json.object().put("owner", project.owner);
        document.set("permissions", project.permissions);
        document.set("dashboardAuthorizations", project.dashboardAuthorizations);
        document.set("additionalDashboardUsers", project.additionalDashboardUsers);
        return document;
    }

    /** Replaces all; entries keep the flags that exist, and each names one existing user or group. */
    private Reply putPermissions(Request request) {
        Project project = project(request, ProjectFlag.admin);
        ObjectNode document = request.json();
        String owner = document.path("owner").asText("");
        if (!owner.equals(project.owner) && !state.directory().hasUser(owner)) {
            throw ApiError.illegal("Owner '" + owner + "' does not exist");
        }
        ArrayNode entries = Json.array();
        for (JsonNode entry : document.path("permissions")) {
            entries.add(known(entry));
        }
        project.owner = owner;
        project.permissions = entries;
        if (document.get("dashboardAuthorizations") instanceof ObjectNode authorizations) {
            project.dashboardAuthorizations = authorizations;
        }
        if (document.get("additionalDashboardUsers") instanceof ObjectNode users) {
            project.additionalDashboardUsers = users;
        }
        return Reply.nothing();
    }

    private static ObjectNode known(JsonNode entry) {
        if (entry.has("group") == entry.has("user")) {
            throw ApiError.illegal("A permission entry names either a group or a user: " + entry);
        }
        ObjectNode kept = Json.object();
        String principal = entry.has("group") ? "group" : "user";
        kept.put(principal, entry.get(principal).asText());
        for (ProjectFlag flag : ProjectFlag.values()) {
            kept.put(flag.name(), entry.path(flag.name()).asBoolean());
        }
        return kept;
    }

    private Reply variables(Request request) {
        Project project = project(request, ProjectFlag.readProjectContent);
        ObjectNode variables = Json.object();
        variables.set("standard", project.standardVariables);
        variables.set("local", project.localVariables);
        return Reply.json(variables);
    }

    private Reply putVariables(Request request) {
        Project project = project(request, ProjectFlag.writeProjectContent);
        ObjectNode sent = request.json();
        if (!(sent.get("standard") instanceof ObjectNode standard) || !(sent.get("local") instanceof ObjectNode local)) {
            throw ApiError.illegal("Variables need both 'standard' and 'local'");
        }
        project.standardVariables = standard;
        project.localVariables = local;
        return Reply.nothing();
    }
}
