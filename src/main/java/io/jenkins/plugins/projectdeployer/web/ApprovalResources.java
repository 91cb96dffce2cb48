package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.gate.Emergencies;
import io.jenkins.plugins.projectdeployer.gate.RequestView;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;

/**
 * What waits at gates, and what people say of it. Whoever decides says which revision and which digest they have seen: of
 * two who look at different plans, only one decides on the present one.
 */
final class ApprovalResources {

    private static final String REQUEST = "/approvals/{update}";
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    private final Approvals approvals;
    private final Emergencies emergencies;

    ApprovalResources(Approvals approvals, Emergencies emergencies) {
        this.approvals = approvals;
        this.emergencies = emergencies;
    }

    void addTo(Routes routes) {
        routes.get("/approvals", this::list)
                .get(REQUEST, this::one)
                .post(REQUEST + "/approve", call -> decide(call, approvals::approve))
                .post(REQUEST + "/reject", call -> decide(call, approvals::reject))
                .post(REQUEST + "/override-freeze", this::overrideFreeze);
    }

    /** A way to decide. */
    @FunctionalInterface
    private interface Verb {
        ApprovalRequest decide(String userId, long update, String reason, Approvals.Seen saw);
    }

    private WebReply list(Routes.Call call) {
        WebRequest request = call.request();
        int limit = Math.min(request.number("limit", PAGE), LARGEST_PAGE);
        long after = request.number("after", 0);
        Approvals.Page page = request.flag("all") ? approvals.visibleTo(call.view().person(), after, limit)
                : approvals.waitingFor(call.view().person(), after, limit);
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode rows = json.putArray("requests");
        page.requests().forEach(each -> rows.add(ApprovalJson.row(each)));
        json.put("next", page.next());
        return ContentTag.reply(call, json);
    }

    private WebReply one(Routes.Call call) {
        RequestView seen = approvals.request(call.view().person(), update(call));
        ObjectNode json = ApprovalJson.full(seen);
        json.put("canOverrideFreeze", seen.freeze() != null && emergencies.mayOverrideFreeze(call.userId()));
        return ContentTag.reply(call, json);
    }

    private WebReply decide(Routes.Call call, Verb verb) throws IOException {
        JsonNode document = call.request().json("reason", "revision", "digest");
        Approvals.Seen saw = new Approvals.Seen(Fields.wholeNumber(document, "revision"), Fields.required(document, "digest"));
        return WebReply.json(ApprovalJson.row(verb.decide(call.userId(), update(call), Fields.text(document, "reason"), saw)));
    }

    private WebReply overrideFreeze(Routes.Call call) throws IOException {
        JsonNode document = call.request().json("reason");
        return WebReply.json(ApprovalJson.row(
                emergencies.overrideFreeze(call.userId(), update(call), Fields.text(document, "reason"))));
    }

    /** What is no number is the number of no request. */
    private static long update(Routes.Call call) {
        String number = call.path("update");
        if (!number.matches("[0-9]{1,18}")) {
            throw Refused.notFound("request", Ids.printable(number));
        }
        return Long.parseLong(number);
    }
}
