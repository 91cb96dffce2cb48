package io.jenkins.plugins.projectdeployer.node.http;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a call may take.
 *
 * @param connect to reach the node; name look-up, TCP, proxy and TLS get this each, three times this in all
 * @param shortCall for a whole call that reads or writes a document
 * @param longCall for a whole call that makes the node work (activate, preload, export), for the answer after an
 *     upload, and for a job that the node does in the background
 * @param stall for an upload or a download that does not move
 */
public record NodeTimeouts(Duration connect, Duration shortCall, Duration longCall, Duration stall) {

    /**
     * 10 s to connect, 2 min for a document, 1 h for work (Dataiku's own proxy settings allow 3600 s for one call), 5
     * min without a byte.
     */
    public static final NodeTimeouts DEFAULT =
            new NodeTimeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofHours(1), Duration.ofMinutes(5));

    /** System property: seconds that {@link #longCall} allows, where an hour is not right. */
    public static final String LONG_CALL_SECONDS = "io.jenkins.plugins.projectdeployer.longCallSeconds";

    /** The {@link #DEFAULT}, with the time for work that whoever started this process has set; refused unless above zero. */
    public static NodeTimeouts configured() {
        long seconds = Long.getLong(LONG_CALL_SECONDS, DEFAULT.longCall().toSeconds());
        return new NodeTimeouts(DEFAULT.connect(), DEFAULT.shortCall(), Duration.ofSeconds(seconds), DEFAULT.stall());
    }

    /** Refuses what is not above zero: zero would mean "for ever". */
    public NodeTimeouts {
        positive("connect", connect);
        positive("shortCall", shortCall);
        positive("longCall", longCall);
        positive("stall", stall);
    }

    Duration answer(NodeRequest request) {
        return request.patience() == NodeRequest.Patience.SHORT ? shortCall : longCall;
    }

    Duration establish() {
        return connect.multipliedBy(3);
    }

    private static void positive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.toMillis() <= 0) {
            throw new IllegalArgumentException("The time limit " + name + " is " + value + "; it must be above zero.");
        }
    }
}
