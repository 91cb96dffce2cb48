package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node says after preload and activation. A good report says {@code success: false}; only {@code error} and
 * {@code fatal} count (facts B2).
 */
final class NodeReports {

    private static final int LONGEST = 1000;

    private NodeReports() {}

    /** What the report has to say; never an ERROR where {@link #isBad} says that it is good. */
    static List<Message> messages(JsonNode report) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode line : report.path("messages")) {
            String severity = line.path("severity").asText("INFO");
            String text = Ids.printable(line.path("message").asText(line.path("title").asText()), LONGEST);
            String code = line.path("code").asText("NODE");
            if (line.path("isFatal").asBoolean() || severity.equals("ERROR")) {
                messages.add(Message.error(code, text));
            } else {
                messages.add(severity.equals("WARNING") ? Message.warning(code, text) : Message.info(code, text));
            }
        }
        return messages;
    }

    static boolean isBad(JsonNode report) {
        return report.path("error").asBoolean() || report.path("fatal").asBoolean();
    }
}
