package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InParallelTest {

    @Test
    void answers_come_in_the_order_of_the_items() throws Exception {
        List<Integer> items = IntStream.range(0, 500).boxed().toList();

        assertThat(InParallel.map(items, item -> -item)).isEqualTo(items.stream().map(item -> -item).toList());
        assertThat(InParallel.map(List.of(), item -> item)).isEmpty();
        assertThat(InParallel.map(List.of(7), item -> item)).containsExactly(7);
    }

    @Test
    void as_many_calls_as_the_width_run_at_once_and_never_more() throws Exception {
        Crowd crowd = new Crowd(4);

        InParallel.map(numbers(12), 4, crowd);

        assertThat(crowd.most).hasValue(4);
    }

    @Test
    void only_a_node_that_takes_its_time_is_asked_many_things_at_once() throws Exception {
        Crowd crowd = new Crowd(InParallel.WIDTH);
        AtomicInteger besideTheFirst = new AtomicInteger(-1);

        InParallel.map(numbers(3 * InParallel.WIDTH + 1), item -> {
            if (besideTheFirst.compareAndSet(-1, 0)) {
                pause();
                besideTheFirst.set(crowd.most.get());
                return item;
            }
            return crowd.on(item);
        });

        assertThat(besideTheFirst).hasValueLessThan(2);
        assertThat(crowd.most).hasValue(InParallel.WIDTH);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** Calls that end only when as many as expected run at once. */
    private static final class Crowd implements InParallel.NodeCall<Integer, Integer> {
        private final CyclicBarrier all;
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Crowd(int expected) {
            all = new CyclicBarrier(expected);
        }

        @Override
        public Integer on(Integer item) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                all.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
            return running.decrementAndGet();
        }
    }

    @Test
    void after_a_failure_nothing_new_begins_and_the_first_failure_is_told() {
        var begun = ConcurrentHashMap.<Integer>newKeySet();

        assertThatThrownBy(() -> InParallel.map(IntStream.range(0, 10_000).boxed().toList(), item -> {
                    begun.add(item);
                    if (item == 3) {
                        throw NodeException.invalid("No " + item);
                    }
                    return item;
                }))
                .isInstanceOf(NodeException.class)
                .hasMessage("No 3");
        assertThat(begun).hasSizeLessThan(10_000);
    }

    @Test
    void a_bug_in_a_call_is_not_swallowed() {
        assertThatThrownBy(() -> InParallel.map(List.of(1, 2, 3), item -> {
                    throw new IllegalStateException("bug");
                }))
                .hasStackTraceContaining("bug");
    }
}
