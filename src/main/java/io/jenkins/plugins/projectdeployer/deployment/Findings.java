package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import java.util.ArrayList;
import java.util.List;

/** Collects what checks find, each message about the node that is being looked at. */
final class Findings {

    private final List<Message> messages = new ArrayList<>();
    private final String node;

    /** @param node how messages call it; null for what concerns none */
    Findings(String node) {
        this.node = node;
    }

    void info(String code, String text) {
        messages.add(Message.info(code, text).onNode(node));
    }

    void warning(String code, String text) {
        messages.add(Message.warning(code, text).onNode(node));
    }

    void error(String code, String text) {
        messages.add(Message.error(code, text).onNode(node));
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** A name from outside, in double quotes and fit for one line. */
    static String quoted(String name) {
        return '"' + Ids.printable(name) + '"';
    }
}
