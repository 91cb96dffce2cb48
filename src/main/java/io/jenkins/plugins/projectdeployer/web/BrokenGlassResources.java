package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.gate.Emergencies;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Span;
import java.io.IOException;

/** Which gates are open because somebody has broken the glass, and the way to do so. */
final class BrokenGlassResources {

    private final Emergencies emergencies;

    BrokenGlassResources(Emergencies emergencies) {
        this.emergencies = emergencies;
    }

    void addTo(Routes routes) {
        routes.get("/broken-glass", this::list).post("/broken-glass", this::breakGlass);
    }

    private WebReply list(Routes.Call call) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("canBreak", emergencies.mayBreakGlass(call.userId()))
                .put("longest", new Span(Emergencies.LONGEST).toString());
        ArrayNode rows = json.putArray("glasses");
        emergencies.broken(call.view().person()).forEach(glass -> rows.add(ApprovalJson.glass(glass)));
        return ContentTag.reply(call, json);
    }

    private WebReply breakGlass(Routes.Call call) throws IOException {
        JsonNode document = call.request().json("project", "infrastructure", "length", "reason");
        return WebReply.json(ApprovalJson.glass(emergencies.breakGlass(call.userId(), Fields.required(document, "project"),
                Fields.required(document, "infrastructure"), length(document).duration(), Fields.text(document, "reason"))));
    }

    private static Span length(JsonNode document) {
        try {
            return Span.of(Fields.required(document, "length"));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("length " + e.getMessage() + ".");
        }
    }
}
