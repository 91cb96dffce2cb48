package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;

/** An update as its page shows it, for somebody who may see its deployment. */
final class UpdateDetails {

    private UpdateDetails() {}

    /** One line of a history. */
    static ObjectNode line(Update update) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("number", update.number())
                .put("type", UpdateJson.type(update))
                .put("status", update.status().name())
                .put("phase", update.phase() == null ? null : update.phase().label())
                .put("bundle", update.bundleId() == null ? update.request().bundle() : update.bundleId())
                .put("bundleBefore", update.bundleBefore())
                .put("deployed", update.isDeployed())
                .put("submittedAt", update.submittedAt().toString())
                .put("endedAt", update.endedAt() == null ? null : update.endedAt().toString());
        json.set("requestedBy", Json.MAPPER.valueToTree(update.request().requestedBy()));
        return json;
    }

    /**
     * All of it.
     *
     * @param withHooks whether hooks' output and calls are among it, which are for the infrastructure's ADMINs
     * @param withJob whether the job that asked is among it, which is for those who may read it in Jenkins
     */
    static ObjectNode all(Update whole, boolean withHooks, boolean withJob) {
        Update update = withHooks ? whole : whole.withoutHooks();
        ObjectNode json = line(update).put("abortAskedBy", update.abortAskedBy());
        origin(json.putObject("origin"), withJob ? update.request().origin() : null);
        ArrayNode phases = json.putArray("phases");
        update.phases().forEach(run -> phases.addObject()
                .put("phase", run.phase().label())
                .put("startedAt", run.startedAt().toString())
                .put("endedAt", run.endedAt() == null ? null : run.endedAt().toString())
                .put("outcome", run.outcome() == null ? null : run.outcome().name()));
        ArrayNode runs = json.putArray("runs");
        update.runs().forEach(run -> runs.add(run(run)));
        ArrayNode messages = json.putArray("messages");
        update.allMessages().forEach(message -> messages.add(message(message)));
        ArrayNode nodes = json.putArray("nodes");
        update.nodes().forEach(node -> nodes.add(node(node)));
        json.set("gate", Json.MAPPER.valueToTree(update.gate() == null ? java.util.List.of() : update.gate().lines()));
        json.set("log", Json.MAPPER.valueToTree(UpdateJson.log(update)));
        users(json.putObject("users"), update.plan());
        return json;
    }

    private static void origin(ObjectNode json, DeployRequest.Origin origin) {
        json.put("job", origin == null ? null : origin.job()).put("link", origin == null ? null : origin.link());
    }

    static ObjectNode message(Message message) {
        return Json.MAPPER.createObjectNode()
                .put("severity", message.severity().name())
                .put("code", message.code())
                .put("text", message.text())
                .put("node", message.node());
    }

    /** What an update has left on a node. */
    static ObjectNode node(Update.NodeResult node) {
        return Json.MAPPER.createObjectNode()
                .put("node", node.node())
                .put("activeBundle", node.activeBundle())
                .put("reached", node.reached() == null ? null : node.reached().label())
                .put("problem", node.problem());
    }

    /** A hook or a test scenario as it went. */
    static ObjectNode run(Update.Run run) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("kind", run.kind().name())
                .put("name", run.name())
                .put("startedAt", run.startedAt() == null ? null : run.startedAt().toString())
                .put("endedAt", run.endedAt() == null ? null : run.endedAt().toString())
                .put("outcome", run.outcome())
                .put("message", run.message())
                .put("details", run.details());
        ArrayNode calls = json.putArray("calls");
        if (run.calls() != null) {
            run.calls().kept().forEach(call -> calls.add(call.client() + " " + call.method() + " " + call.path() + ": " + call.status()));
            if (run.calls().leftOut() > 0) {
                calls.add("and " + run.calls().leftOut() + " more");
            }
        }
        return json;
    }

    private static void users(ObjectNode json, Plan plan) {
        Plan.Users users = plan == null ? null : plan.users();
        json.put("deploying", users == null ? null : users.deployingUser())
                .put("scenarios", users == null ? null : users.scenariosRunAsUser())
                .put("webApps", users == null ? null : users.webAppsRunAsUser());
    }
}
