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
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

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

    /** What a JSON answer may measure: general settings and user lists of large nodes are a few MiB. */
    static final int MAX_REPLY = 32 * 1024 * 1024;

    private static final int MAX_LOGIN = 500;
    /** Who gives something up does not wait for long until the node has heard it. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);
    private static final Logger LOGGER = Logger.getLogger(NodeHttp.class.getName());
    private static final MediaType JSON = MediaType.get("application/json");
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
        NodeClients clients = new NodeClients(base, endpoint.trust(), timeouts);
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
            throw notJson(request, 200, "with nothing");
        }
        return json;
    }

    /** Calls and reads the answer as JSON, or as a missing node where the answer is empty. */
    public JsonNode jsonIfAny(NodeRequest request) throws NodeException {
        NodeReply reply = call(request, false, this::whole);
        try {
            return NodeJson.read(reply.octets());
        } catch (IOException e) {
            String type = reply.contentType().split(";", 2)[0];
            throw notJson(request, reply.status(), type.isEmpty() ? "without a type" : Words.quoted(type));
        }
    }

    /** Calls and reads the answer as UTF-8 text. */
    public String text(NodeRequest request) throws NodeException {
        return new String(call(request, false, this::whole).octets(), StandardCharsets.UTF_8);
    }

    /** Calls and leaves the body of a good answer aside. */
    public NodeReply send(NodeRequest request) throws NodeException {
        return call(request, false, this::whole);
    }

    /**
     * Calls and gives back whatever the node answers, errors included: for the client in a hook, which judges statuses
     * itself. Redirects are refused here too.
     */
    public NodeReply exchange(NodeRequest request) throws NodeException {
        return call(request, true, this::whole);
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
        return call(request, false, new Streaming<>(reader));
    }

    private <T> T call(NodeRequest request, boolean anyStatus, ReplyReader<T> reader) throws NodeException {
        for (int attempts = 0; ; attempts++) {
            Attempt attempt = new Attempt(timeouts);
            try {
                return once(request, anyStatus, reader, attempt);
            } catch (NodeException e) {
                if (attempts == PAUSES.length || !mayRepeat(request, reader, attempt, e)) {
                    throw e;
                }
                LOGGER.log(Level.FINE, "Trying again: {0}", e.getMessage());
                pause(PAUSES[attempts], e);
            }
        }
    }

    private <T> T once(NodeRequest request, boolean anyStatus, ReplyReader<T> reader, Attempt attempt)
            throws NodeException {
        String key = key(request);
        CallSite site = new CallSite(endpoint.name(), request, actingUser, Redaction.of(key));
        try {
            Call call = clients.of(request, reader.streams()).newCall(httpRequest(request, key, attempt));
            long begin = System.nanoTime();
            attempt.begin(call);
            try (Cancellation.Registration heeds = cancellation.onCancel(attempt::cancel);
                    Response response = call.execute()) {
                LOGGER.log(Level.FINE, "{0}: {1} gave {2} in {3} ms", new Object[] {
                    endpoint.name(), site, response.code(), (System.nanoTime() - begin) / 1_000_000
                });
                judge(response, anyStatus, site);
                return reader.read(response, site);
            }
        } catch (WireStream.WireException e) {
            throw new WireFailure(site, attempt, timeouts).of(e.wire());
        } catch (IOException e) {
            throw new WireFailure(site, attempt, timeouts).of(e);
        } finally {
            attempt.end();
        }
    }

    private static void judge(Response response, boolean anyStatus, CallSite site) throws NodeException, IOException {
        int status = response.code();
        if (status >= 300 && status < 400) {
            throw ErrorReply.redirect(site, response);
        }
        if (!anyStatus && !response.isSuccessful()) {
            BufferedSource body = response.body().source();
            body.request(ErrorReply.MAX_OCTETS);
            long size = Math.min(body.getBuffer().size(), ErrorReply.MAX_OCTETS);
            throw ErrorReply.of(site, status, body.readByteArray(size));
        }
    }

    private NodeReply whole(Response response, CallSite site) throws NodeException, IOException {
        BufferedSource body = response.body().source();
        if (body.request(MAX_REPLY + 1L)) {
            throw site.answered(
                    Kind.TOO_LARGE,
                    CallSite.Answer.of(response.code()),
                    !site.request().changesNothing(),
                    "gave an answer of more than " + MAX_REPLY / 1024 / 1024 + " MiB",
                    "that is more than is read into memory");
        }
        Buffer buffer = body.getBuffer();
        return new NodeReply(response.code(), response.headers(), buffer.readByteArray());
    }

    private Request httpRequest(NodeRequest request, String key, Attempt attempt) throws IOException {
        HttpUrl.Builder url = endpoint.url().newBuilder();
        String prefix = endpoint.url().encodedPath().replaceAll("/+$", "");
        url.encodedPath(prefix + "/public/api" + request.path());
        request.query().forEach(p -> url.addQueryParameter(p.name(), p.value()));
        Headers.Builder headers =
                new Headers.Builder().add("Authorization", Credentials.basic(key, "", StandardCharsets.UTF_8));
        if (actingUser != null) {
            headers.addUnsafeNonAscii("X-DKU-ProxyUser", actingUser);
        }
        return new Request.Builder()
                .url(url.build())
                .headers(headers.build())
                .method(request.method(), body(request, attempt))
                .tag(Attempt.class, attempt)
                .tag(NodeRequest.class, request)
                .build();
    }

    private static RequestBody body(NodeRequest request, Attempt attempt) throws IOException {
        if (request.payload() instanceof NodeRequest.Upload upload) {
            return FilePart.multipart(upload, attempt);
        }
        if (request.payload() instanceof NodeRequest.Document document) {
            return new OneShotBody(NodeJson.write(document.json()), JSON);
        }
        if (request.payload() instanceof NodeRequest.Octets raw) {
            return new OneShotBody(raw.octets(), raw.contentType() == null ? null : MediaType.parse(raw.contentType()));
        }
        boolean needsBody = request.method().equals("POST") || request.method().equals("PUT");
        return needsBody ? new OneShotBody(new byte[0], null) : null;
    }

    private String key(NodeRequest request) throws NodeException {
        CallSite site = site(request);
        String key;
        try {
            key = keys.key();
        } catch (RuntimeException e) {
            throw site.failure(
                    Kind.NO_KEY, false, "was not called", "its API key cannot be had, " + e.getMessage(), null);
        }
        if (key == null || key.isBlank()) {
            throw site.failure(
                    Kind.NO_KEY, false, "was not called", "it has no API key; set the infrastructure's credential", null);
        }
        String bare = key.strip();
        if (bare.indexOf(':') >= 0 || bare.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw site.failure(
                    Kind.INVALID,
                    false,
                    "was not called",
                    "its API key contains a colon, a space or a control character; set the credential to the key alone",
                    null);
        }
        return bare;
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

    private NodeException notJson(NodeRequest request, int status, String got) {
        return site(request).answered(
                Kind.UNEXPECTED,
                CallSite.Answer.of(status),
                !request.changesNothing(),
                "answered " + got + " where JSON was due",
                "check that the URL is that of a Dataiku node and not of a login page or portal before it");
    }

    /** Turns a good answer into a value. */
    private interface ReplyReader<T> {
        T read(Response response, CallSite site) throws NodeException, IOException;

        default boolean streams() {
            return false;
        }

        default boolean hasBegun() {
            return false;
        }
    }

    private final class Streaming<T> implements ReplyReader<T> {
        private final BodyReader<T> reader;
        private boolean begun;

        Streaming(BodyReader<T> reader) {
            this.reader = reader;
        }

        @Override
        public boolean streams() {
            return true;
        }

        @Override
        public boolean hasBegun() {
            return begun;
        }

        @Override
        public T read(Response response, CallSite site) throws NodeException, IOException {
            MediaType type = response.body().contentType();
            if (type != null && type.subtype().equals("html")) {
                throw notJson(site.request(), response.code(), "a web page");
            }
            begun = true;
            BufferedSource source = response.body().source();
            source.timeout().timeout(timeouts.stall().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            try {
                return reader.read(new WireStream(source.inputStream()), response.body().contentLength());
            } catch (WireStream.WireException e) {
                throw e;
            } catch (IOException e) {
                for (Throwable t = e; t != null; t = t.getCause()) {
                    if (t instanceof WireStream.WireException wire) {
                        throw wire;
                    }
                }
                throw new LocalFileException("the controller could not keep it, " + Ids.printable(e.toString(), 300), e);
            }
        }
    }
}
