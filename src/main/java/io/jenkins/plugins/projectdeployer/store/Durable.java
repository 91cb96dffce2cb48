package io.jenkins.plugins.projectdeployer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The segments of a journal as far as they are on stable storage.
 *
 * @param closed those that take no more entries
 * @param active the one that entries are added to
 */
record Durable(List<Segment> closed, Segment active) {

    Durable {
        closed = List.copyOf(closed);
    }

    Anchor head() {
        return active.head();
    }

    Optional<Segment> holding(long seq) {
        if (active.holds(seq)) {
            return Optional.of(active);
        }
        return closed.stream().filter(segment -> segment.holds(seq)).findFirst();
    }

    Durable with(Segment newActive) {
        return new Durable(closed, newActive);
    }

    Durable with(int index, Segment rewritten) {
        List<Segment> segments = new ArrayList<>(closed);
        segments.set(index, rewritten);
        return new Durable(segments, active);
    }

    Durable closing(Segment next) {
        List<Segment> segments = new ArrayList<>(closed);
        segments.add(active);
        return new Durable(segments, next);
    }
}
