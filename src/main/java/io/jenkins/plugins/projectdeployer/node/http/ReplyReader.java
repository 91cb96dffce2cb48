package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.BufferedSource;

/** Turns an answer into a value, or into a failure. */
interface ReplyReader<T> {

    /** What an answer may measure in memory: general settings and user lists of large nodes are a few MiB. */
    int MAX_REPLY = 32 * 1024 * 1024;

    /** Reads a good answer whole; another is a failure. */
    ReplyReader<NodeReply> GOOD = (response, site, attempt) -> {
        refuseError(response, site, attempt);
        return whole(response, site, attempt);
    };

    /** Reads any answer whole; only a redirect is a failure. */
    ReplyReader<NodeReply> ANY = (response, site, attempt) -> {
        refuseRedirect(response, site);
        return whole(response, site, attempt);
    };

    T read(Response response, CallSite site, Attempt attempt) throws NodeException, IOException;

    /** Whether the answer is handed on while it arrives, and may take as long as it likes. */
    default boolean streams() {
        return false;
    }

    /** Whether something was handed on already, so that the call cannot be repeated unnoticed. */
    default boolean hasBegun() {
        return false;
    }

    /** The failure of an answer that should have been JSON. */
    static NodeException notJson(CallSite site, int status, String got) {
        return site.answered(
                Kind.UNEXPECTED,
                CallSite.Answer.of(status),
                !site.request().changesNothing(),
                "answered " + got + " where JSON was due",
                "check that the URL is that of a Dataiku node and not of a login page or portal before it");
    }

    private static void refuseRedirect(Response response, CallSite site) throws NodeException {
        if (response.code() >= 300 && response.code() < 400) {
            throw ErrorReply.redirect(site, response);
        }
    }

    private static void refuseError(Response response, CallSite site, Attempt attempt)
            throws NodeException, IOException {
        refuseRedirect(response, site);
        if (!response.isSuccessful()) {
            BufferedSource body = response.body().source();
            attempt.withoutStalling(() -> body.request(ErrorReply.MAX_OCTETS));
            long size = Math.min(body.getBuffer().size(), ErrorReply.MAX_OCTETS);
            throw ErrorReply.of(site, response.code(), body.readByteArray(size));
        }
    }

    private static NodeReply whole(Response response, CallSite site, Attempt attempt)
            throws NodeException, IOException {
        BufferedSource body = response.body().source();
        if (attempt.withoutStalling(() -> body.request(MAX_REPLY + 1L))) {
            throw site.answered(
                    Kind.TOO_LARGE,
                    CallSite.Answer.of(response.code()),
                    !site.request().changesNothing(),
                    "gave an answer of more than " + MAX_REPLY / 1024 / 1024 + " MiB",
                    "that is more than is read into memory");
        }
        return new NodeReply(
                response.code(), response.headers(), body.getBuffer().readByteArray());
    }

    /** Hands a good answer on. */
    final class Streaming<T> implements ReplyReader<T> {

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
        public T read(Response response, CallSite site, Attempt attempt) throws NodeException, IOException {
            refuseError(response, site, attempt);
            MediaType type = response.body().contentType();
            if (type != null && type.subtype().equals("html")) {
                throw notJson(site, response.code(), "a web page");
            }
            begun = true;
            try {
                WireStream stream = new WireStream(response.body().source().inputStream(), attempt);
                return reader.read(stream, response.body().contentLength());
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
