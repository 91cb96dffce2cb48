package io.jenkins.plugins.projectdeployer.model;

/**
 * One thing that a plan or an update has to say. It is one line, whoever made its parts up: names of scenarios, hooks'
 * words and nodes' words come from outside.
 *
 * @param severity how bad it is
 * @param code stable name, Dataiku's own where it has one (facts A2.28), such as
 *     {@code ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION}
 * @param text one sentence: what, where, what to do
 * @param node id or URL of the node it is about; null when it is about none
 */
public record Message(Severity severity, String code, String text, String node) {

    public Message {
        code = code == null ? null : Ids.printable(code);
        text = Ids.oneLine(text);
        node = node == null ? null : Ids.printable(node);
    }

    /** How bad a message is, in rising order. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }

    /** For information. */
    public static Message info(String code, String text) {
        return new Message(Severity.INFO, code, text, null);
    }

    /** Does not stop an update. */
    public static Message warning(String code, String text) {
        return new Message(Severity.WARNING, code, text, null);
    }

    /** Stops an update, or says that it went wrong. */
    public static Message error(String code, String text) {
        return new Message(Severity.ERROR, code, text, null);
    }

    /** As a build log has it. */
    public String line() {
        return severity + (node == null ? "" : " (" + node + ")") + " " + text;
    }

    /** The same message about one node. */
    public Message onNode(String nodeName) {
        return new Message(severity, code, text, nodeName);
    }
}
