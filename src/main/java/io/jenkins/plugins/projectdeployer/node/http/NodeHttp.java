package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Calls one node's public API, with the infrastructure's key.
 *
 * <p>Repeats only what is safe: a call that never got a connection, whatever its method; a GET whose connection broke
 * or that a proxy answered with 502, 503 or 504. Three attempts in all. Dataiku's own 500 is an answer and is not
 * repeated, nor is a timeout. Redirects are never followed.
 *
 * <p>Immutable and safe for many threads; {@link #actingAs} and {@link #watching} give views on the same connections.
 */
public final class NodeHttp {

    private static final int MAX_LOGIN = 500;
    /** Who gives something up does not wait for long until the node has heard it. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);
    private static final Logger LOGGER = Logger.getLogger(NodeHttp.class.getName());
    private static final Duration[] PAUSES = {Duration.ofMillis(250), Duration.ofSeconds(1)};

    private final NodeEndpoint endpoint;
    private final KeySource keys;
    private final NodeTimeouts timeouts;
    private final NodeClients clients;
    private final String actingUser;
    private final Cancellation cancellation;

    private NodeHttp(
            NodeEndpoint endpoint,
            KeySource keys,
            NodeTimeouts timeouts,
            NodeClients clients,
            String actingUser,
            Cancellation cancellation) {
        this.endpoint = endpoint;
        this.keys = keys;
        this.timeouts = timeouts;
        this.clients = clients;
        this.actingUser = actingUser;
        this.cancellation = cancellation;
    }

    /**
     * Opens no connection yet.
     *
     * @param base brings Jenkins' proxy settings
     */
    public static NodeHttp to(NodeEndpoint endpoint, KeySource keys, OkHttpClient base, NodeTimeouts timeouts) {
        Objects.requireNonNull(keys, "keys");
        NodeClients clients = new NodeClients(base, endpoint, timeouts);
        return new NodeHttp(endpoint, keys, timeouts, clients, null, new Cancellation());
    }

    /**
     * The same node, every call made as this user ({@code X-DKU-ProxyUser}; the key must be an administrator's).
     *
     * <p>Letters beyond ASCII travel as UTF-8: OkHttp sends nothing else, and what a node reads there is not documented. A
     * node that reads the header otherwise (as ISO 8859-1, as many Java servers do) sees a user who does not exist, never
     * somebody else; {@code /auth/info} shows whom it saw.
     *
     * @throws NodeException of kind INVALID for a login that a header would change: empty, with control characters, or
     *     with spaces around it
     */
    public NodeHttp actingAs(String login) throws NodeException {
        if (login == null || login.isEmpty()) {
            throw NodeException.invalid("The login to act as on node " + Words.quoted(endpoint.name()) + " is empty.");
        }
        if (!login.equals(login.strip()) || !login.equals(Ids.printable(login, MAX_LOGIN))) {
            throw NodeException.invalid("The login " + Words.quoted(login) + " cannot be sent to node "
                    + Words.quoted(endpoint.name())
                    + ": it has spaces around it or invisible characters in it; correct the login mapping.");
        }
        return new NodeHttp(endpoint, keys, timeouts, clients, login, cancellation);
    }

    /** The same node, every call ended when this is cancelled. */
    public NodeHttp watching(Cancellation toHeed) {
        return new NodeHttp(endpoint, keys, timeouts, clients, actingUser, Objects.requireNonNull(toHeed));
    }

    /** How messages name the node. */
    public String name() {
        return endpoint.name();
    }

    /** What its calls heed. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The time limits of its calls. */
    public NodeTimeouts timeouts() {
        return timeouts;
    }

    /** Calls and reads the answer as JSON; an answer that is none is UNEXPECTED, an empty one too. */
    public JsonNode json(NodeRequest request) throws NodeException {
        JsonNode json = jsonIfAny(request);
        if (json.isMissingNode()) {
            throw ReplyReader.notJson(site(request), 200, "with nothing");
        }
        return json;
    }

    /** Calls and reads the answer as JSON, or as a missing node where the answer is empty. */
    public JsonNode jsonIfAny(NodeRequest request) throws NodeException {
        NodeReply reply = call(request, ReplyReader.GOOD);
        try {
            return NodeJson.read(reply.octets());
        } catch (IOException e) {
            String type = reply.contentType().split(";", 2)[0];
            throw ReplyReader.notJson(site(request), reply.status(), type.isEmpty() ? "without a type" : Words.quoted(type));
        }
    }

    /** Calls and reads the answer as UTF-8 text. */
    public String text(NodeRequest request) throws NodeException {
        return new String(call(request, ReplyReader.GOOD).octets(), StandardCharsets.UTF_8);
    }

    /** Calls and leaves the body of a good answer aside. */
    public NodeReply send(NodeRequest request) throws NodeException {
        return call(request, ReplyReader.GOOD);
    }

    /**
     * Calls and gives back whatever the node answers, errors included: for the client in a hook, which judges statuses
     * itself. Redirects are refused here too.
     */
    public NodeReply exchange(NodeRequest request) throws NodeException {
        return call(request, ReplyReader.ANY);
    }

    /**
     * Makes a call in spite of cancellation and interruption, of 5 s at most: for telling a node to stop.
     *
     * @return why it did not work, if it did not
     */
    public Optional<NodeException> tell(NodeRequest request) {
        boolean interrupted = Thread.interrupted();
        try {
            watching(Cancellation.after(LAST_WORD)).send(request);
            return Optional.empty();
        } catch (NodeException e) {
            return Optional.of(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Calls and hands the answer to the reader while it arrives; for archives. */
    public <T> T stream(NodeRequest request, BodyReader<T> reader) throws NodeException {
        return call(request, new ReplyReader.Streaming<>(reader));
    }

    private <T> T call(NodeRequest request, ReplyReader<T> reader) throws NodeException {
        for (int attempts = 0; ; attempts++) {
            Attempt attempt = new Attempt(request, timeouts);
            try {
                return once(request, reader, attempt);
            } catch (NodeException e) {
                if (attempts == PAUSES.length || !mayRepeat(request, reader, attempt, e)) {
                    throw e;
                }
                LOGGER.log(Level.FINE, "Trying again: {0}", e.getMessage());
                pause(PAUSES[attempts], e);
            }
        }
    }

    private <T> T once(NodeRequest request, ReplyReader<T> reader, Attempt attempt) throws NodeException {
        String key = NodeKey.of(keys, site(request));
        CallSite site = new CallSite(endpoint.name(), request, actingUser, Redaction.of(key));
        try {
            Request wire = WireRequest.of(clients.api(), request, key, actingUser, attempt);
            Call call = clients.of(request, reader.streams()).newCall(wire);
            attempt.begin(call);
            try (Cancellation.Registration heeds = cancellation.onCancel(attempt::cancel);
                    Response response = call.execute()) {
                LOGGER.log(Level.FINE, "{0}: {1} gave {2}", new Object[] {endpoint.name(), site, response.code()});
                return reader.read(response, site, attempt);
            }
        } catch (WireStream.WireException e) {
            throw new WireFailure(site, attempt, timeouts).of(e.wire());
        } catch (IOException e) {
            throw new WireFailure(site, attempt, timeouts).of(e);
        } finally {
            attempt.end();
        }
    }

    private static boolean mayRepeat(NodeRequest request, ReplyReader<?> reader, Attempt attempt, NodeException e) {
        if (!attempt.sent()) {
            return e.kind() == Kind.UNREACHABLE;
        }
        boolean passing = e.kind() == Kind.CUT || e.kind() == Kind.GATEWAY && e.status() != 407;
        return request.changesNothing() && passing && !reader.hasBegun();
    }

    private void pause(Duration time, NodeException before) throws NodeException {
        boolean stop;
        try {
            stop = cancellation.await(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop = true;
        }
        if (stop) {
            throw new NodeException(
                    Kind.CANCELLED, endpoint.name(), 0, null, null, false, "Cancelled after this: " + before.getMessage(), before);
        }
    }

    CallSite site(NodeRequest request) {
        return new CallSite(endpoint.name(), request, actingUser, Redaction.of(null));
    }
}
