package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes that did not answer. One is asked again after {@link #FIRST_WAIT}, and then after twice as long each time,
 * {@link #LONGEST_WAIT} at most, whichever of its deployments somebody asks about, and whatever they ask.
 */
final class DownNodes {

    /** A node's own silence, or its refusal of whoever asks: what is wrong with one project alone is not among them. */
    private static final Set<Kind> OF_THE_NODE =
            EnumSet.of(Kind.UNREACHABLE, Kind.TLS, Kind.TIMEOUT, Kind.GATEWAY, Kind.CUT, Kind.CANCELLED, Kind.UNAUTHORIZED);

    static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Down> down = new ConcurrentHashMap<>();

    /**
     * A node that did not answer.
     *
     * @param message for whoever asks about any of its deployments: it names none
     * @param lastAtWork by which update it will have been asked again in any case
     * @param again whether the next question goes to it all the same
     */
    private record Down(Message message, Instant until, Duration pause, long lastAtWork, boolean again) {}

    DownNodes(Clock clock) {
        this.clock = clock;
    }

    /**
     * Why it did not answer a moment ago; empty: ask it.
     *
     * @param lastAtWork the last update that came to the deployment's nodes: where it is newer than the silence, ask
     */
    Optional<Message> silent(String url, long lastAtWork) {
        return Optional.ofNullable(down.get(url))
                .filter(before -> clock.instant().isBefore(before.until()) && before.lastAtWork() >= lastAtWork && !before.again())
                .map(Down::message);
    }

    /**
     * It did not answer, and is left alone for a while. Questions that were asked at once, or in spite of that, count once.
     *
     * @param name how messages call the node
     */
    void failed(String url, String name, Kind kind, long lastAtWork) {
        if (!OF_THE_NODE.contains(kind)) {
            return;
        }
        Message message = Message.error(kind.name(), "Node " + name + " could not be asked a moment ago; it is asked again within "
                + LONGEST_WAIT.toMinutes() + " minutes.");
        down.compute(url, (key, before) -> {
            if (before != null && clock.instant().isBefore(before.until())) {
                return new Down(message, before.until(), before.pause(), lastAtWork, false);
            }
            Duration wait = before == null ? FIRST_WAIT : before.pause().multipliedBy(2);
            Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            return new Down(message, clock.instant().plus(bounded), bounded, lastAtWork, false);
        });
    }

    void answered(String url) {
        down.remove(url);
    }

    /** The next question goes to these nodes again, also where one did not answer a moment ago. */
    void askAgain(List<NodeAddress> addresses) {
        addresses.forEach(address -> down.computeIfPresent(address.url(),
                (url, before) -> new Down(before.message(), before.until(), before.pause(), before.lastAtWork(), true)));
    }
}
