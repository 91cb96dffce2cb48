package io.jenkins.plugins.projectdeployer.hook;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/**
 * Where a hook's client calls go. The hook runner knows neither address nor key: whoever implements this adds the base
 * URL, the key, TLS settings and the proxy, never follows a redirect to another host, and sets the timeouts.
 */
@FunctionalInterface
public interface HookHttp {

    /**
     * Sends one request and returns when the answer's headers are there. Called on a thread of its own; it must end
     * soon after the request's cancellation is told.
     *
     * @throws Failure when no answer came
     */
    Response send(Request request) throws Failure;

    /**
     * What to send.
     *
     * @param method one of GET, HEAD, POST, PUT, PATCH, DELETE
     * @param path path and query relative to the API root; begins with one slash, has no dot segments in any encoding
     * @param headers those that a hook may set, such as Content-Type; names in lower case
     * @param body null when there is none; can be read once
     * @param length of the body in bytes, -1 when it is not known beforehand, 0 without a body
     * @param cancellation told when the hook is killed while the call is under way
     */
    record Request(
            String method,
            String path,
            Map<String, String> headers,
            InputStream body,
            long length,
            Cancellation cancellation) {
        public Request {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(cancellation, "cancellation");
            headers = Map.copyOf(headers);
        }

        /** Without the headers' values, which may be private. */
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What came back. The reader closes it. */
    interface Response extends Closeable {
        int status();

        /** Names in any case. Only those that a hook may see are passed on. */
        Map<String, String> headers();

        /** The body, read by the hook piece by piece. */
        InputStream body() throws IOException;
    }

    /** Tells an implementation to give up. */
    interface Cancellation {
        /** Runs the task when the call is cancelled, at once if it is already. */
        void onCancel(Runnable task);
    }

    /** No answer came. The message reaches the hook, so it names no key and no inner address. */
    final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        private final Kind kind;

        /** Which of the hook's exceptions it becomes. */
        public enum Kind {
            /** The node did not answer in time. */
            TIMEOUT,
            /** The node could not be reached, or the connection broke. */
            CONNECT,
            /** The node's certificate is not trusted. */
            SSL,
            /** The call is not allowed; it was not sent. */
            REFUSED
        }

        public Failure(Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        public Failure(Kind kind, String message, Throwable cause) {
            super(message, cause);
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }
    }
}
