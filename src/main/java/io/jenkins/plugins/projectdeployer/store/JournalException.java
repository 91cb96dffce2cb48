package io.jenkins.plugins.projectdeployer.store;

/** The journal could not be opened, read or written; the message says what, where and what to do. */
public class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
