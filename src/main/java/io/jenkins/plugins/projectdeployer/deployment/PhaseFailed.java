package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import java.util.List;

/** A phase did not reach its end; the messages say why, for people. */
final class PhaseFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Message> messages;

    PhaseFailed(List<Message> messages) {
        super(messages.isEmpty() ? "" : messages.get(0).text(), null, false, false);
        this.messages = messages;
    }

    PhaseFailed(String code, String text) {
        this(List.of(Message.error(code, text)));
    }

    List<Message> messages() {
        return messages;
    }
}
