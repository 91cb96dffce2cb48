package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import okio.AsyncTimeout;

/**
 * How far one attempt of a call has come.
 *
 * <p>Decides what may be repeated: an attempt whose request line was never written cannot have had an effect. Also ends
 * what takes too long to get connected, whichever step hangs (TCP, proxy tunnel, TLS handshake), since the long
 * reading timeout of a call would apply there too.
 */
final class Attempt extends EventListener {

    private static final Logger LOGGER = Logger.getLogger(Attempt.class.getName());
    private static final ThreadLocal<Attempt> CURRENT = new ThreadLocal<>();

    private final AsyncTimeout establishing = new AsyncTimeout() {
        @Override
        protected void timedOut() {
            establishTimedOut = true;
            stop();
        }
    };
    private final long establishMillis;
    private boolean entered;
    private volatile Call call;
    private volatile CompletableFuture<?> lookup;
    private volatile boolean establishTimedOut;
    private volatile boolean cancelled;
    private volatile Socket socket;
    private volatile boolean sent;
    private volatile boolean sentWhole;
    private volatile boolean actionable;
    private volatile boolean answered;

    Attempt(NodeTimeouts timeouts) {
        this.establishMillis = timeouts.establish().toMillis();
    }

    /** The attempt of this thread, or null. */
    static Attempt current() {
        return CURRENT.get();
    }

    void begin(Call started) {
        call = started;
        CURRENT.set(this);
        establishing.timeout(establishMillis, TimeUnit.MILLISECONDS);
        establishing.enter();
        entered = true;
        if (cancelled) {
            stop();
        }
    }

    void end() {
        established();
        CURRENT.remove();
    }

    /** From any thread: the caller wants it no more. */
    void cancel() {
        cancelled = true;
        stop();
    }

    /** A name look-up that this attempt waits for, or null when it is over. */
    void waitsFor(CompletableFuture<?> future) {
        lookup = future;
        if (future != null && (cancelled || establishTimedOut)) {
            future.cancel(true);
        }
    }

    /**
     * A socket that this attempt is about to connect. It is closed when the attempt stops, because between two steps of
     * connecting (TCP done, TLS not begun) OkHttp does not heed a cancellation.
     */
    void connects(Socket fresh) {
        socket = fresh;
        if (cancelled || establishTimedOut) {
            stop();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean establishTimedOut() {
        return establishTimedOut;
    }

    /** Whether the request began to travel. */
    boolean sent() {
        return sent;
    }

    /** Whether the node has, or may have, enough of the request to act on it. */
    boolean actionable() {
        return actionable;
    }

    /** The last octets of an upload are about to go out; before that the node has nothing it could act on. */
    void lastOctets() {
        actionable = true;
    }

    /** Whether all of the request has been written. */
    boolean sentWhole() {
        return sentWhole;
    }

    /** Whether an answer has begun. */
    boolean answered() {
        return answered;
    }

    @Override
    public void requestHeadersStart(Call of) {
        established();
        sent = true;
        actionable = !(of.request().tag(NodeRequest.class).payload() instanceof NodeRequest.Upload);
    }

    @Override
    public void requestHeadersEnd(Call of, Request request) {
        sentWhole = request.body() == null;
    }

    @Override
    public void requestBodyEnd(Call of, long byteCount) {
        sentWhole = true;
        actionable = true;
    }

    @Override
    public void responseHeadersEnd(Call of, Response response) {
        answered = true;
    }

    private void established() {
        if (entered) {
            entered = false;
            establishing.exit();
        }
    }

    private void stop() {
        Call toStop = call;
        if (toStop != null) {
            toStop.cancel();
        }
        CompletableFuture<?> toForget = lookup;
        if (toForget != null) {
            toForget.cancel(true);
        }
        Socket toClose = socket;
        if (toClose != null && !sent) {
            try {
                toClose.close();
            } catch (IOException alreadyBroken) {
                LOGGER.log(Level.FINE, "A socket did not close", alreadyBroken);
            }
        }
    }
}
