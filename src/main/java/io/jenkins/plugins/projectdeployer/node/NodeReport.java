package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node reports after preload and activation. Judge it by {@link #failed}: Dataiku's {@code success} is false after
 * good activations too (facts B2).
 *
 * @param messages in the node's order
 * @param warning whether the node warns
 * @param error whether the node found an error
 * @param fatal whether the node stopped because of it
 */
public record NodeReport(List<Entry> messages, boolean warning, boolean error, boolean fatal) {

    /**
     * One message of the report, as the node wrote it.
     *
     * @param severity {@code SUCCESS}, {@code INFO}, {@code WARNING}, {@code ERROR}
     * @param fatal whether it alone stopped the node
     * @param code such as {@code ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION}; empty where there is none
     * @param text title and message; empty where the node gives none
     */
    public record Entry(String severity, boolean fatal, String code, String text) {

        /** The same for logs and pages, control characters escaped. */
        public Message toMessage() {
            Message.Severity level = fatal || severity.equals("ERROR")
                    ? Message.Severity.ERROR
                    : severity.equals("WARNING") ? Message.Severity.WARNING : Message.Severity.INFO;
            return new Message(level, Ids.printable(code), Ids.printable(text, MAX_TEXT), null);
        }
    }

    private static final int MAX_TEXT = 1000;

    /** Freezes the messages. */
    public NodeReport {
        messages = List.copyOf(messages);
    }

    /** Whether the node did not do it. */
    public boolean failed() {
        return error || fatal;
    }

    /** Reads a reply; an empty one reports nothing. */
    static NodeReport of(JsonNode json) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode message : json.path("messages")) {
            entries.add(entry(message));
        }
        boolean anyError = entries.stream().anyMatch(entry -> entry.severity().equals("ERROR"));
        boolean anyFatal = entries.stream().anyMatch(Entry::fatal);
        return new NodeReport(
                entries,
                json.path("warning").asBoolean(),
                json.path("error").asBoolean() || anyError,
                json.path("fatal").asBoolean() || anyFatal);
    }

    private static Entry entry(JsonNode message) {
        String title = message.path("title").asText("");
        String text = message.path("message").asText(message.path("details").asText(""));
        String both = title.isEmpty() || text.startsWith(title) ? text : text.isEmpty() ? title : title + ": " + text;
        return new Entry(
                message.path("severity").asText("INFO"),
                message.path("isFatal").asBoolean(),
                message.path("code").asText(""),
                both);
    }
}
