package io.jenkins.plugins.projectdeployer.node.http;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.AsyncTimeout;

/**
 * How far one attempt of a call has come, and the clock of the step that it is at.
 *
 * <p>Decides what may be repeated: an attempt whose request line was never written cannot have had an effect. Keeps time
 * in OkHttp's place: that waits as long for a TLS handshake or a proxy as for the answer of a long call; and its clock
 * closes a TLS socket in good form, which a node that takes no more data prevents for ever, for this call and for all
 * others in the JVM, since they share one clock. Here time up means that the bare socket is closed.
 */
final class Attempt extends EventListener {

    /** One step on the wire. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws IOException;
    }

    private static final Logger LOGGER = Logger.getLogger(Attempt.class.getName());
    private static final ThreadLocal<Attempt> CURRENT = new ThreadLocal<>();

    private final AsyncTimeout clock = new AsyncTimeout() {
        @Override
        protected void timedOut() {
            timedOut = true;
            stop();
        }
    };
    private final NodeRequest request;
    private final NodeTimeouts timeouts;
    private boolean clockRuns;
    private volatile Call call;
    private volatile CompletableFuture<?> lookup;
    private volatile Socket socket;
    private volatile boolean timedOut;
    private volatile boolean cancelled;
    private volatile boolean sent;
    private volatile boolean sentWhole;
    private volatile boolean actionable;
    private volatile boolean answered;

    Attempt(NodeRequest request, NodeTimeouts timeouts) {
        this.request = request;
        this.timeouts = timeouts;
    }

    /** The attempt of this thread, or null. */
    static Attempt current() {
        return CURRENT.get();
    }

    void begin(Call started) {
        call = started;
        CURRENT.set(this);
        if (cancelled) {
            stop();
        }
    }

    void end() {
        stopClock();
        CURRENT.remove();
    }

    /** Takes a step that the other side can hold up, for at most the time in which an idle transfer is given up. */
    <T> T withoutStalling(Step<T> step) throws IOException {
        startClock(timeouts.stall());
        try {
            return step.run();
        } finally {
            stopClock();
        }
    }

    /** From any thread: the caller wants it no more. */
    void cancel() {
        cancelled = true;
        stop();
    }

    /** A name look-up that this attempt waits for, or null when it is over. */
    void waitsFor(CompletableFuture<?> future) {
        lookup = future;
        if (future != null && (cancelled || timedOut)) {
            future.cancel(true);
        }
    }

    /**
     * A socket that this attempt is about to connect. It is closed when the attempt stops, because between two steps of
     * connecting (TCP done, TLS not begun) OkHttp does not heed a cancellation.
     */
    void connects(Socket fresh) {
        socket = fresh;
        if (cancelled || timedOut) {
            stop();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Whether the step at hand took too long. */
    boolean timedOut() {
        return timedOut;
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

    /** No open connection could be had, so one is made. */
    @Override
    public void proxySelectStart(Call of, HttpUrl url) {
        startClock(timeouts.establish());
    }

    @Override
    public void requestHeadersStart(Call of) {
        startClock(timeouts.stall());
        sent = true;
        actionable = !isUpload();
    }

    @Override
    public void requestHeadersEnd(Call of, Request head) {
        if (head.body() == null) {
            requestBodyEnd(of, 0);
        } else if (isUpload()) {
            stopClock();
        }
    }

    @Override
    public void requestBodyEnd(Call of, long byteCount) {
        sentWhole = true;
        actionable = true;
        startClock(timeouts.answer(request));
    }

    @Override
    public void responseHeadersEnd(Call of, Response response) {
        answered = true;
        stopClock();
    }

    private boolean isUpload() {
        return request.payload() instanceof NodeRequest.Upload;
    }

    private void startClock(Duration limit) {
        stopClock();
        clock.timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        clock.enter();
        clockRuns = true;
    }

    private void stopClock() {
        if (clockRuns) {
            clockRuns = false;
            clock.exit();
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
