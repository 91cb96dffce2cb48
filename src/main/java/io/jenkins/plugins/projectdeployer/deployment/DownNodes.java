package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes that did not answer. One is asked again after {@link #FIRST_WAIT}, and then after twice as long each time,
 * {@link #LONGEST_WAIT} at most, whichever of its deployments somebody asks about, and whatever they ask.
 */
final class DownNodes {

    static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Down> down = new ConcurrentHashMap<>();

    /** A node that did not answer, and by which update it will have been asked again in any case. */
    private record Down(Message message, Instant until, Duration pause, long lastAtWork) {}

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
                .filter(before -> clock.instant().isBefore(before.until()) && before.lastAtWork() >= lastAtWork)
                .map(Down::message);
    }

    /** It did not answer, and is left alone for a while. */
    void failed(String url, Message why, long lastAtWork) {
        down.compute(url, (key, before) -> {
            Duration wait = before == null ? FIRST_WAIT : before.pause().multipliedBy(2);
            Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            return new Down(why, clock.instant().plus(bounded), bounded, lastAtWork);
        });
    }

    void answered(String url) {
        down.remove(url);
    }

    /** The next question goes to these nodes again, also where one did not answer a moment ago. */
    void askAgain(List<NodeAddress> addresses) {
        addresses.forEach(address -> down.computeIfPresent(address.url(),
                (url, before) -> new Down(before.message(), Instant.MIN, before.pause(), before.lastAtWork())));
    }
}
