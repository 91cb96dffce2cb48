package io.jenkins.plugins.projectdeployer.node.http;

import java.io.Serial;
import java.util.Optional;

/**
 * A call to a node did not do what was asked.
 *
 * <p>The message is one sentence for people: what happened, on which node, in which call, and what to do. It never
 * contains the API key, query values or the node's address, its control characters are escaped, and its length is
 * bounded. It may be shown to whoever may see the deployment.
 */
public final class NodeException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as it matters for what to do next. */
    public enum Kind {
        /** No connection: refused, no route, unknown host name. */
        UNREACHABLE,
        /** No connection or no answer in time. */
        TIMEOUT,
        /** The encrypted connection could not be trusted or made. */
        TLS,
        /** There is no key to call with. */
        NO_KEY,
        /** The node does not know the key (401). */
        UNAUTHORIZED,
        /** The node knows the key or the user, and says no (403). */
        FORBIDDEN,
        /** 404. */
        NOT_FOUND,
        /** The body is larger than the node or a proxy takes (413), or a reply is larger than we take. */
        TOO_LARGE,
        /** Something between Jenkins and the node answered in its place (502, 503, 504, 407). */
        GATEWAY,
        /** Dataiku itself says no, with its own error type and message; often with HTTP 500. */
        REFUSED,
        /** An answer that no Dataiku node gives: a web page, no JSON, an unknown status. */
        UNEXPECTED,
        /** The connection was lost on the way. */
        CUT,
        /** A redirect, which is never followed. */
        REDIRECT,
        /** The caller cancelled. */
        CANCELLED,
        /** A file on this side could not be read or written. */
        LOCAL,
        /** An id, login or key that cannot be sent. */
        INVALID,
        /** Work that the node did in the background ended without a result. */
        JOB_FAILED
    }

    private final Kind kind;
    private final String node;
    private final int status;
    private final String errorType;
    private final String said;
    private final boolean outcomeUnknown;

    NodeException(
            Kind kind,
            String node,
            int status,
            String errorType,
            String said,
            boolean outcomeUnknown,
            String message,
            Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.node = node;
        this.status = status;
        this.errorType = errorType;
        this.said = said;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** A refusal on this side, before anything was sent. */
    public static NodeException invalid(String message) {
        return new NodeException(Kind.INVALID, null, 0, null, null, false, message, null);
    }

    /** An answer that cannot be understood. */
    public static NodeException unexpected(String node, String message) {
        return new NodeException(Kind.UNEXPECTED, node, 0, null, null, false, message, null);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** How messages name the node; empty when nothing was to be sent yet. */
    public Optional<String> node() {
        return Optional.ofNullable(node);
    }

    /** The HTTP status, or 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** Dataiku's {@code errorType}, for example a Java class name. */
    public Optional<String> errorType() {
        return Optional.ofNullable(errorType);
    }

    /** The node's own words, on one line and without the key, where it answered some. */
    public Optional<String> said() {
        return Optional.ofNullable(said);
    }

    /**
     * Whether the node may have done what was asked all the same: a changing call was sent and no answer of the node
     * came back. Look at the node before repeating it.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
