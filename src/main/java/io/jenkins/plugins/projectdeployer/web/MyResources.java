package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Json;

/** Who asks, which pages there are, and the description of all resources. */
final class MyResources {

    void addTo(Routes routes) {
        routes.get("/me", call -> WebReply.json(me(call.view())))
                .get("/openapi.json", call -> WebReply.json(Api.description("own-openapi.json")));
    }

    private static ObjectNode me(View view) {
        ObjectNode me = Json.MAPPER.createObjectNode()
                .put("id", view.person().id())
                .put("administrator", view.person().administrator());
        ArrayNode pages = me.putArray("pages");
        OwnApi.pages(view).forEach(page -> pages.addObject().put("path", page.address()).put("title", page.title()));
        return me;
    }
}
