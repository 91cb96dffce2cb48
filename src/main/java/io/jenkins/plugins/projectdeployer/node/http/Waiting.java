package io.jenkins.plugins.projectdeployer.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Waits for something that goes on on a node, by asking: after 200 ms, then less and less often, at least every 2 s.
 *
 * <p>A node that cannot be reached meanwhile is asked again for a minute, because the work goes on without us. Who
 * cancels stops the work on the node too.
 */
public final class Waiting {

    private static final Logger LOGGER = Logger.getLogger(Waiting.class.getName());
    static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final NodeHttp http;
    private final NodeRequest begunBy;
    private final NodeRequest stop;
    private final Duration limit;
    private final Duration silence;
    private final long begin = System.nanoTime();
    private long lastHeard = begin;
    private Duration pause = FIRST_PAUSE;

    /**
     * @param begunBy the call that began the work: failures name it
     * @param stop what tells the node to stop
     * @param limit after which waiting fails with a timeout; the work is not stopped then
     */
    public Waiting(NodeHttp http, NodeRequest begunBy, NodeRequest stop, Duration limit) {
        this(http, begunBy, stop, limit, SILENCE);
    }

    Waiting(NodeHttp http, NodeRequest begunBy, NodeRequest stop, Duration limit, Duration silence) {
        this.http = http;
        this.begunBy = begunBy;
        this.stop = stop;
        this.limit = limit;
        this.silence = silence;
    }

    /** How long it has lasted. */
    public Duration soFar() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits a while before the next question. */
    public void pause() throws NodeException {
        if (soFar().compareTo(limit) > 0) {
            throw failure(
                    Kind.TIMEOUT, "has not finished within " + Words.time(limit), "see there whether it still works on it");
        }
        try {
            if (http.cancellation().await(pause)) {
                throw stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
        pause = after(pause);
    }

    /** The pause that follows this one. */
    static Duration after(Duration pause) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** Asks, and goes on asking where the node does not answer for a moment. */
    public JsonNode ask(NodeRequest question) throws NodeException {
        while (true) {
            try {
                JsonNode answer = http.json(question);
                lastHeard = System.nanoTime();
                return answer;
            } catch (NodeException e) {
                switch (e.kind()) {
                    case CANCELLED -> throw stopped();
                    case UNREACHABLE, CUT, GATEWAY, TIMEOUT -> {
                        if (System.nanoTime() - lastHeard > silence.toNanos()) {
                            throw failure(e.kind(), "fell silent while it worked", e.getMessage());
                        }
                        LOGGER.log(Level.FINE, "Asking again: {0}", e.getMessage());
                    }
                    default -> throw e;
                }
            }
            pause();
        }
    }

    /** The work ended without what was waited for. */
    public NodeException failed(String what, String advice) {
        return failure(Kind.JOB_FAILED, what, advice);
    }

    private NodeException stopped() {
        if (http.cancellation().isLeaving()) {
            return failure(Kind.CANCELLED, "was not waited for", "the controller stops, and the node goes on with it");
        }
        Optional<NodeException> untold = http.tell(stop);
        String told = untold.map(e -> "could not be told to stop: " + e.getMessage()).orElse("was told to stop");
        return http.site(begunBy).failure(Kind.CANCELLED, untold.isPresent(), "was not waited for",
                "the call was cancelled, and the node " + told, null);
    }

    private NodeException failure(Kind kind, String what, String advice) {
        return http.site(begunBy).failure(kind, true, what, advice, null);
    }
}
