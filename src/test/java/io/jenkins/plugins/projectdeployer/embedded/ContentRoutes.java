package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What else hooks look at in a project: its datasets, tags and jobs. */
final class ContentRoutes {
    private final NodeState state;

    ContentRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        router.get("/projects/{project}/datasets", this::datasets);
        router.get("/projects/{project}/datasets/{dataset}", request -> Reply.json(dataset(request)));
        router.get("/projects/{project}/jobs", request -> {
            project(request, ProjectFlag.readProjectContent);
            return Reply.json(Json.array());
        });
        router.get("/projects/{project}/tags", request -> {
            ObjectNode answer = Json.object();
            answer.set("tags", project(request, ProjectFlag.readProjectContent).tags);
            return Reply.json(answer);
        });
        router.put("/projects/{project}/tags", request -> {
            Project project = project(request, ProjectFlag.writeProjectContent);
            if (!(request.json().get("tags") instanceof ObjectNode tags)) {
                throw ApiError.illegal("Expected an object under 'tags'");
            }
            project.tags = tags;
            return Reply.nothing();
        });
    }

    private Project project(Request request, ProjectFlag needed) {
        return state.existingProject(request).require(request.caller(), needed);
    }

    private Reply datasets(Request request) {
        ArrayNode list = Json.array();
        Project project = project(request, ProjectFlag.readProjectContent);
        project.datasets.forEach((name, dataset) ->
                list.add(dataset.deepCopy().put("name", name).put("projectKey", project.key)));
        return Reply.json(list);
    }

    private ObjectNode dataset(Request request) {
        Project project = project(request, ProjectFlag.readProjectContent);
        ObjectNode dataset = project.datasets.get(request.path("dataset"));
        if (dataset == null) {
            throw ApiError.notFound("dataset does not exist: " + project.key + "." + request.path("dataset"));
        }
        return dataset.deepCopy().put("name", request.path("dataset")).put("projectKey", project.key);
    }
}
