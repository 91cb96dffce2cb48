package io.jenkins.plugins.projectdeployer.embedded;

import java.time.Instant;
import java.util.Map;

/** One request that reached the node, whatever became of it. Never holds the key. */
public final class Call {
    private final Instant at = Instant.now();
    private final String method;
    private final String path;
    private final String query;
    private final String proxyUser;
    private final Map<String, String> headers;
    private volatile int status;

    Call(String method, String path, String query, String proxyUser, Map<String, String> headers) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.proxyUser = proxyUser;
        this.headers = Map.copyOf(headers);
    }

    void ended(int withStatus) {
        status = withStatus;
    }

    public Instant at() {
        return at;
    }

    public String method() {
        return method;
    }

    /** The path below the API's root, as it was sent. */
    public String path() {
        return path;
    }

    /** The query as it was sent, or null. */
    public String query() {
        return query;
    }

    /** The user whom the call was made for, or null. */
    public String proxyUser() {
        return proxyUser;
    }

    /** {@code Content-Type}, {@code Content-Length}, {@code Transfer-Encoding}, {@code User-Agent}, and the scheme of {@code Authorization}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The status answered; 0 while unanswered, or if the connection was cut. */
    public int status() {
        return status;
    }

    /** Method and path, such as {@code GET /projects/}: handy to assert an order of calls. */
    public String line() {
        return method + " " + path;
    }

    @Override
    public String toString() {
        return line() + (proxyUser == null ? "" : " as " + proxyUser) + " -> " + status;
    }
}
