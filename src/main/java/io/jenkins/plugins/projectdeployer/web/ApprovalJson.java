package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.gate.PlanDifference;
import io.jenkins.plugins.projectdeployer.gate.RequestView;
import io.jenkins.plugins.projectdeployer.gate.Tally;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A request at a gate: a line of a list, and the whole as somebody sees it before deciding. */
final class ApprovalJson {

    private ApprovalJson() {}

    static ObjectNode row(ApprovalRequest request) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("update", request.update())
                .put("revision", request.revision())
                .put("digest", RequestView.digest(request))
                .put("state", request.state().name())
                .put("deployment", request.deploymentId())
                .put("project", request.project())
                .put("infrastructure", request.infrastructure())
                .put("stage", request.stage())
                .put("bundle", request.bundle())
                .put("requestedAt", text(request.requestedAt()))
                .put("deadline", request.state() == ApprovalRequest.State.WAITING ? text(request.deadline()) : null)
                .put("owedUntil", text(request.followUpBy()))
                .put("needed", request.needed())
                .put("approvals", request.votes().stream().filter(Vote::approves).count());
        json.set("requestedBy", tree(request.requestedBy()));
        json.set("changed", tree(request.changed()));
        json.set("brokenGlass", request.glass() == null ? null : glass(request.glass()));
        return json;
    }

    static ObjectNode full(RequestView seen) {
        ApprovalRequest request = seen.request();
        ObjectNode json = row(request)
                .put("canDecide", seen.objection() == null)
                .put("objection", seen.objection())
                .put("outOfReach", seen.outOfReach())
                .put("approved", seen.approved())
                .put("counted", seen.tally().counting().size())
                .put("unknownEditor", request.unknownEditor())
                .put("wayBack", seen.wayBack());
        json.set("approvers", tree(request.gate().approvers().stream().map(Object::toString).toList()));
        json.set("editors", tree(request.editors()));
        json.set("ingredients", tree(request.digest()));
        json.set("plan", PlanJson.of(seen.plan()));
        json.set("hooks", hooks(seen.hooks()));
        json.set("differences", differences(seen.differences()));
        ArrayNode votes = json.putArray("votes");
        request.votes().forEach(vote -> votes.add(vote(vote, seen.tally())));
        json.putNull("freeze");
        if (seen.freeze() != null) {
            json.putObject("freeze").put("name", seen.freeze().name()).put("until", text(seen.freeze().end()));
        }
        json.putNull("override");
        if (request.override() != null) {
            json.putObject("override")
                    .put("by", request.override().userId())
                    .put("reason", request.override().reason())
                    .put("at", text(request.override().at()))
                    .put("freeze", request.override().freeze());
        }
        return json;
    }

    private static ObjectNode vote(Vote vote, Tally tally) {
        Optional<String> passedOver = tally.passedOver().stream()
                .filter(one -> one.vote().equals(vote))
                .map(Tally.PassedOver::why)
                .findFirst();
        return Json.MAPPER.createObjectNode()
                .put("user", vote.userId())
                .put("approves", vote.approves())
                .put("reason", vote.reason())
                .put("at", text(vote.at()))
                .put("inAdvance", vote.inAdvance())
                .put("doesNotCount", passedOver.orElse(null));
    }

    static ArrayNode hooks(List<RequestView.HookSeen> hooks) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        hooks.forEach(hook -> list.addObject()
                .put("name", hook.name())
                .put("phase", hook.phase().name())
                .put("digest", hook.digest()));
        return list;
    }

    static ArrayNode differences(Collection<PlanDifference> differences) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        differences.forEach(difference -> list.addObject()
                .put("what", difference.what())
                .put("before", difference.before())
                .put("after", difference.after()));
        return list;
    }

    static ObjectNode glass(BrokenGlass glass) {
        return Json.MAPPER.createObjectNode()
                .put("project", glass.project())
                .put("infrastructure", glass.infrastructure())
                .put("by", glass.userId())
                .put("reason", glass.reason())
                .put("at", text(glass.at()))
                .put("until", text(glass.until()));
    }

    static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static JsonNode tree(Object value) {
        return Json.MAPPER.valueToTree(value);
    }
}
