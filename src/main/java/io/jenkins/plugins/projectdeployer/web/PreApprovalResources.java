package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.PreApprovals;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import java.io.IOException;

/** Approvals before anybody has asked: look at the plan as it is now, approve it, see which there are, take one's own back. */
final class PreApprovalResources {

    private final PreApprovals preApprovals;

    PreApprovalResources(PreApprovals preApprovals) {
        this.preApprovals = preApprovals;
    }

    void addTo(Routes routes) {
        routes.get("/pre-approvals", this::list)
                .post("/pre-approvals", this::preApprove)
                .post("/pre-approvals/preview", this::preview)
                .delete("/pre-approvals/{id}", call -> {
                    preApprovals.takeBack(call.userId(), call.path("id"));
                    return WebReply.done();
                });
    }

    private WebReply list(Routes.Call call) {
        Person person = call.view().person();
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode rows = json.putArray("preApprovals");
        preApprovals.visibleTo(person).forEach(given -> rows.add(row(given, preApprovals.isOwn(person, given))));
        return ContentTag.reply(call, json);
    }

    /** Asks nodes, so it is no GET. */
    private WebReply preview(Routes.Call call) throws IOException {
        JsonNode document = call.request().json("project", "bundle", "infrastructure");
        PreApprovals.Preview preview = preApprovals.preview(call.userId(), Fields.required(document, "project"),
                Fields.required(document, "bundle"), Fields.required(document, "infrastructure"));
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("digest", preview.digest())
                .put("wayBack", preview.wayBack());
        json.set("plan", PlanJson.of(preview.plan()));
        json.set("hooks", ApprovalJson.hooks(preview.hooks()));
        json.set("differences", ApprovalJson.differences(preview.differences()));
        return WebReply.json(json);
    }

    private WebReply preApprove(Routes.Call call) throws IOException {
        JsonNode document = call.request().json("project", "bundle", "infrastructure", "reason", "digest");
        PreApproval given = preApprovals.preApprove(call.userId(), Fields.required(document, "project"), Fields.required(document, "bundle"),
                Fields.required(document, "infrastructure"), Fields.text(document, "reason"), Fields.required(document, "digest"));
        return WebReply.json(row(given, true));
    }

    private static ObjectNode row(PreApproval given, boolean own) {
        return Json.MAPPER.createObjectNode()
                .put("id", given.id())
                .put("by", given.userId())
                .put("reason", given.reason())
                .put("at", ApprovalJson.text(given.at()))
                .put("until", ApprovalJson.text(given.until()))
                .put("project", given.project())
                .put("infrastructure", given.infrastructure())
                .put("bundle", given.bundle())
                .put("own", own);
    }
}
