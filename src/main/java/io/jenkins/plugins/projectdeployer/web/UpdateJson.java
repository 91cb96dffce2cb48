package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An update in Dataiku's shapes: an item of the history, the whole with its log, a future (facts A2.14, B6, B7). */
final class UpdateJson {

    private UpdateJson() {}

    /** What Dataiku knows an update of a deployment by. */
    static String timestamp(Update update) {
        return String.valueOf(update.submittedAt().toEpochMilli());
    }

    static ObjectNode item(Update update) {
        return Json.MAPPER.createObjectNode()
                .put("startTimestamp", update.submittedAt().toEpochMilli())
                .put("type", type(update))
                .put("status", update.status().name())
                .put("number", update.number())
                .put("requester", update.request().requestingUser())
                .put("bundleId", update.bundleId());
    }

    static String type(Update update) {
        return update.request().rollBackOf() != null ? "ROLL_BACK" : update.request().dryRun() ? "DRY_RUN" : "UPDATE";
    }

    static ObjectNode full(Update update) {
        ObjectNode json = item(update).put("deploymentId", update.deploymentId());
        if (update.endedAt() == null) {
            json.putNull("endTimestamp");
        } else {
            json.put("endTimestamp", update.endedAt().toEpochMilli());
        }
        json.set("messages", MessageJson.of(update.allMessages()));
        ArrayNode lines = json.putObject("logs").putArray("lines");
        log(update).forEach(lines::add);
        return json;
    }

    /** What has been recorded of it, in the order of its phases; what hooks printed is for their administrators alone. */
    static List<String> log(Update update) {
        Stream<String> head = Stream.of("update " + update.number() + " of deployment "
                + Ids.printable(update.deploymentId()) + " by " + Ids.printable(update.request().requestingUser()) + " at "
                + Moment.words(update.submittedAt()) + ": " + update.status());
        Stream<String> phases = update.phases().stream().map(run -> time(run.startedAt()) + run.phase().label()
                + (run.outcome() == null ? " began" : " " + run.outcome().name() + " at " + Moment.words(run.endedAt())));
        Stream<String> runs = update.runs().stream().map(run -> time(run.startedAt()) + run.kind().name() + " "
                + Ids.printable(run.name()) + (run.outcome() == null ? " began" : " " + Ids.printable(run.outcome())));
        Stream<String> messages = update.allMessages().stream().map(UpdateJson::line);
        return Stream.of(head, phases, runs, messages).flatMap(lines -> lines).toList();
    }

    private static String time(Instant at) {
        return at == null ? "" : Moment.words(at) + " ";
    }

    private static String line(Message message) {
        return message.severity() + " " + message.code() + (message.node() == null ? "" : " (" + Ids.printable(message.node()) + ")")
                + " " + message.text();
    }

    /** An update that has just been taken is not yet told which deployment it is about. */
    private static String deploymentId(Update update) {
        return update.deploymentId() == null ? update.request().deploymentId() : update.deploymentId();
    }

    /** An update under way, or ended. */
    static ObjectNode future(Update update, boolean withResult) {
        boolean ended = update.status().ended();
        Instant until = ended && update.endedAt() != null ? update.endedAt() : Instant.now();
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("jobId", update.request().key())
                .put("hasResult", ended)
                .put("alive", !ended)
                .put("aborted", update.status() == UpdateStatus.ABORTED)
                .put("unknown", false)
                .put("startTime", update.submittedAt().toEpochMilli())
                .put("runningTime", until.toEpochMilli() - update.submittedAt().toEpochMilli());
        json.putObject("payload")
                .put("displayName", "Update of deployment " + deploymentId(update))
                .put("phase", update.phase() == null ? null : update.phase().label());
        if (ended && withResult) {
            json.set("result", result(update));
        }
        return json;
    }

    /** Dataiku's report of messages, with what our own report says besides. */
    private static ObjectNode result(Update update) {
        List<Message> messages = update.allMessages();
        Message.Severity worst = messages.stream().map(Message::severity).max(Comparator.naturalOrder()).orElse(null);
        boolean failed = !List.of(UpdateStatus.SUCCESS, UpdateStatus.WARNING, UpdateStatus.PLANNED).contains(update.status());
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("update", update.number())
                .put("deploymentId", update.deploymentId())
                .put("bundleId", update.bundleId())
                .put("status", update.status().name())
                .put("deployed", update.isDeployed())
                .put("anyMessage", !messages.isEmpty())
                .put("success", !failed)
                .put("warning", update.status() == UpdateStatus.WARNING)
                .put("error", failed)
                .put("fatal", failed)
                .put("maxSeverity", worst == null ? null : worst.name());
        json.set("messages", MessageJson.of(messages));
        return json;
    }
}
