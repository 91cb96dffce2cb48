package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Definitions of scenarios (B6). */
final class ScenarioRoutes {
    private static final List<String> KNOWN = List.of(
            "id", "projectKey", "name", "type", "active", "markedAsTest", "automationLocal", "runAsUser", "params", "triggers",
            "reporters", "tags", "description", "shortDesc", "checklists", "customFields", "versionTag", "creationTag",
            "delayedTriggersBehavior");
    private static final List<String> LIGHT = List.of("active", "checklists", "description", "shortDesc", "tags");

    private final NodeState state;

    ScenarioRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        String scenarios = "/projects/{project}/scenarios";
        router.get(scenarios, this::list);
        router.post(scenarios, this::create);
        router.get(scenarios + "/{scenario}", request -> Reply.json(scenario(request, ProjectFlag.readProjectContent).definition));
        router.put(scenarios + "/{scenario}", this::put);
        router.delete(scenarios + "/{scenario}", request -> {
            Scenario scenario = scenario(request, ProjectFlag.writeProjectContent);
            state.existingProject(request).scenarios.remove(scenario.id);
            return Reply.done("Deleted scenario " + scenario.id);
        });
        router.get(scenarios + "/{scenario}/light", request -> Reply.json(scenario(request, ProjectFlag.readDashboards).listItem()));
        router.put(scenarios + "/{scenario}/light", this::putLight);
        router.get(scenarios + "/{scenario}/payload", request ->
                Reply.json(Json.object().put("script", scenario(request, ProjectFlag.readProjectContent).definition.path("payload").asText(""))));
    }

    private Scenario scenario(Request request, ProjectFlag needed) {
        return state.existingProject(request).require(request.caller(), needed).existingScenario(request.path("scenario"));
    }

    private Reply list(Request request) {
        ArrayNode list = Json.array();
        Project project = state.existingProject(request).require(request.caller(), ProjectFlag.readDashboards);
        project.scenarios.values().forEach(scenario -> list.add(scenario.listItem()));
        return Reply.json(list);
    }

    private Reply create(Request request) {
        Project project = state.existingProject(request).require(request.caller(), ProjectFlag.writeProjectContent);
        ObjectNode sent = request.json();
        String id = sent.path("id").asText(sent.path("name").asText("")).replaceAll("[^A-Za-z0-9_]", "_");
        if (id.isEmpty() || project.scenarios.containsKey(id)) {
            throw ApiError.illegal("Scenario id is empty or taken: '" + id + "'");
        }
        ObjectNode definition = Scenario.definition(sent.path("name").asText(id), request.caller().identifier());
        definition.setAll((ObjectNode) sent.deepCopy().retain(KNOWN));
        project.scenarios.put(id, new Scenario(state, project.key, id, definition, true));
        return Reply.json(Json.object().put("id", id));
    }

    /** Only an administrator may set a run-as user (A4.12); whoever saves becomes the last editor. */
    private Reply put(Request request) {
        Scenario scenario = scenario(request, ProjectFlag.writeProjectContent);
        ObjectNode sent = request.json().deepCopy().retain(KNOWN);
        checkRunAs(state, request.caller(), scenario.definition, sent, "scenario " + scenario.id);
        sent.put("id", scenario.id).put("projectKey", scenario.projectKey);
        replace(scenario, sent, request.caller());
        return Reply.done("Updated scenario " + scenario.id);
    }

    private void replace(Scenario scenario, ObjectNode definition, Caller caller) {
        definition.set("versionTag", scenario.definition.path("versionTag").deepCopy());
        Scenario.tag(definition, "versionTag", caller.identifier());
        scenario.definition = definition;
        state.existingProject(scenario.projectKey).rememberedActive.put(scenario.id, definition.path("active").asBoolean());
    }

    private Reply putLight(Request request) {
        Scenario scenario = scenario(request, ProjectFlag.writeProjectContent);
        ObjectNode definition = scenario.definition.deepCopy();
        definition.setAll((ObjectNode) request.json().deepCopy().retain(LIGHT));
        replace(scenario, definition, request.caller());
        return Reply.done("Updated scenario " + scenario.id);
    }

    static void checkRunAs(NodeState state, Caller caller, ObjectNode before, ObjectNode after, String what) {
        String was = before.path("runAsUser").asText(null);
        String wanted = after.path("runAsUser").asText(null);
        if (wanted == null || wanted.equals("null") || wanted.equals(was)) {
            return;
        }
        if (!caller.admin()) {
            throw ApiError.forbidden("Action forbidden: only administrators may set the run-as user of " + what);
        }
        if (!state.directory().hasUser(wanted)) {
            throw ApiError.illegal("Run-as user '" + wanted + "' of " + what + " does not exist");
        }
    }
}
