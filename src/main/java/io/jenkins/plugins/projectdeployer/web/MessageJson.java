package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import java.util.Collection;

/** Messages in Dataiku's shape (facts A6.2). */
final class MessageJson {

    private MessageJson() {}

    static ArrayNode of(Collection<Message> messages) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        messages.forEach(message -> list.add(of(message)));
        return list;
    }

    static ObjectNode of(Message message) {
        ObjectNode json = of(message.severity().name(), message.code(), message.text());
        return message.node() == null ? json : json.put("node", message.node());
    }

    static ObjectNode of(String severity, String code, String text) {
        return Json.MAPPER.createObjectNode()
                .put("severity", severity)
                .put("isFatal", severity.equals("ERROR"))
                .put("code", code)
                .put("title", text)
                .put("message", text)
                .put("details", text);
    }
}
