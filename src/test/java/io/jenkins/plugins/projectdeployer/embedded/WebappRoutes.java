package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Web apps and their backends (B6). */
final class WebappRoutes {
    private static final List<String> KNOWN = List.of(
            "id", "projectKey", "name", "type", "runAsUser", "params", "apiKey", "tags", "description", "shortDesc", "checklists",
            "customFields", "versionTag", "creationTag", "config", "isVirtual");

    private final NodeState state;

    WebappRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        String webapps = "/projects/{project}/webapps";
        router.get(webapps, this::list);
        router.get(webapps + "/{webapp}", request -> Reply.json(webapp(request, ProjectFlag.readProjectContent).definition));
        router.put(webapps + "/{webapp}", this::put);
        router.get(webapps + "/{webapp}/backend/state", request -> Reply.json(webapp(request, ProjectFlag.readDashboards).state()));
        router.put(webapps + "/{webapp}/backend/actions/restart", this::restart);
        router.put(webapps + "/{webapp}/backend/actions/stop", request -> {
            webapp(request, ProjectFlag.writeProjectContent).running = false;
            return Reply.nothing();
        });
    }

    private Webapp webapp(Request request, ProjectFlag needed) {
        return state.existingProject(request).require(request.caller(), needed).existingWebapp(request.path("webapp"));
    }

    private Reply list(Request request) {
        ArrayNode list = Json.array();
        Project project = state.existingProject(request).require(request.caller(), ProjectFlag.readDashboards);
        project.webapps.values().forEach(webapp -> list.add(webapp.listItem()));
        return Reply.json(list);
    }

    private Reply put(Request request) {
        Webapp webapp = webapp(request, ProjectFlag.writeProjectContent);
        ObjectNode sent = request.json().deepCopy().retain(KNOWN);
        ScenarioRoutes.checkRunAs(state, request.caller(), webapp.definition, sent, "web app " + webapp.id);
        sent.put("id", webapp.id).put("projectKey", webapp.projectKey);
        sent.set("versionTag", webapp.definition.path("versionTag").deepCopy());
        Scenario.tag(sent, "versionTag", request.caller().identifier());
        webapp.definition = sent;
        return Reply.done("Updated web app " + webapp.id);
    }

    private Reply restart(Request request) {
        Webapp webapp = webapp(request, ProjectFlag.writeProjectContent);
        return Reply.json(state.futures().submit("restart", request.caller(), () -> {
            webapp.restart();
            return Json.object();
        }));
    }
}
