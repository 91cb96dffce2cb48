package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.util.TreeSet;

/** What there is before any infrastructure: stages, who asks, what answers, and the description of all this. */
final class InstanceResources {

    void addTo(Routes routes) {
        routes.get("/project-deployer/stages", call -> stages(call.view()))
                .get("/auth/info", call -> caller(call.view()))
                .get("/instance-info", call -> instance())
                .get("/openapi.json", call -> WebReply.json(Api.description("openapi.json")));
    }

    private static WebReply stages(View view) {
        ArrayNode stages = Json.MAPPER.createArrayNode();
        view.stages().forEach(stage -> stages.addObject().put("id", stage.name()).put("desc", stage.description()));
        return WebReply.json(stages);
    }

    private static WebReply caller(View view) {
        ObjectNode caller = Json.MAPPER.createObjectNode()
                .put("authIdentifier", view.person().id())
                .put("userIsAdmin", view.person().administrator());
        caller.set("groups", Json.MAPPER.valueToTree(new TreeSet<>(view.person().groups())));
        return WebReply.json(caller);
    }

    private static WebReply instance() {
        return WebReply.json(Json.MAPPER.createObjectNode()
                .put("nodeType", "DEPLOYER")
                .put("nodeId", "jenkins")
                .put("nodeName", "Project Deployer for Jenkins"));
    }
}
