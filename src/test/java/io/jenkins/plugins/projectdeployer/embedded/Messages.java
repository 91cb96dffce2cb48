package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as preload and activation give it. {@code success} stays false without a success message (B2). */
final class Messages {
    private final ArrayNode messages = Json.array();
    private boolean warning;
    private boolean error;
    private boolean fatal;

    Messages warning(String code, String title, String details) {
        warning = true;
        add("WARNING", false, code, title, details);
        return this;
    }

    Messages error(String code, String title, String details) {
        error = true;
        add("ERROR", false, code, title, details);
        return this;
    }

    Messages fatal(String code, String title, String details) {
        error = true;
        fatal = true;
        add("ERROR", true, code, title, details);
        return this;
    }

    private void add(String severity, boolean isFatal, String code, String title, String details) {
        messages.addObject()
                .put("severity", severity)
                .put("isFatal", isFatal)
                .put("code", code)
                .put("title", title)
                .put("message", details)
                .put("details", details);
    }

    boolean isFatal() {
        return fatal;
    }

    boolean isError() {
        return error;
    }

    ObjectNode toJson() {
        ObjectNode report = Json.object()
                .put("anyMessage", !messages.isEmpty())
                .put("success", false);
        report.set("messages", messages);
        return report.put("warning", warning).put("error", error).put("fatal", fatal);
    }
}
