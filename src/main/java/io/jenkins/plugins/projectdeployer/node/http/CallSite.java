package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;

/** Which call failed: gives a failure its place in the message. */
record CallSite(String node, NodeRequest request, String actingUser, Redaction redaction) {

    static final int MAX_MESSAGE = 2000;

    /** A failure without an answer of the node. */
    NodeException failure(Kind kind, boolean outcomeUnknown, String what, String advice, Throwable cause) {
        return build(kind, new Answer(0, null, null), outcomeUnknown, what, advice, cause);
    }

    /** A failure that an answer tells. */
    NodeException answered(Kind kind, Answer answer, boolean outcomeUnknown, String what, String advice) {
        return build(kind, answer, outcomeUnknown, what, advice, null);
    }

    /** What a node answered: HTTP status, Dataiku's error type and its words, both cleaned, null where there are none. */
    record Answer(int status, String errorType, String said) {
        static Answer of(int status) {
            return new Answer(status, null, null);
        }
    }

    /** "GET /instance-info" and, where it acts for somebody, as whom. */
    @Override
    public String toString() {
        String call = request.method() + " " + Ids.printable(request.path().toString(), 300);
        return actingUser == null ? call : call + " as " + Words.quoted(actingUser);
    }

    String nodeName() {
        return "Node " + Words.quoted(node);
    }

    /** Text of others, without the key, on one line. */
    String foreign(String text, int limit) {
        return Ids.printable(redaction.clean(text.strip()), limit);
    }

    private NodeException build(
            Kind kind, Answer answer, boolean unknown, String what, String advice, Throwable cause) {
        StringBuilder message = new StringBuilder(nodeName()).append(' ').append(what);
        message.append(" (").append(this);
        if (answer.status() != 0) {
            message.append(", HTTP ").append(answer.status());
        }
        message.append(')');
        if (!advice.isEmpty()) {
            message.append(": ").append(advice);
        }
        if (unknown) {
            message.append("; the node may have done it all the same, so look there before repeating it");
        }
        if (message.charAt(message.length() - 1) != '.') {
            message.append('.');
        }
        String text = redaction.clean(message);
        return new NodeException(
                kind,
                node,
                answer.status(),
                answer.errorType(),
                answer.said(),
                unknown,
                Ids.printable(text, MAX_MESSAGE),
                cause == null ? null : redaction.cause(cause));
    }
}
