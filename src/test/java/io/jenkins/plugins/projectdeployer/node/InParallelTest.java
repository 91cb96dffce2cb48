package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
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
        CyclicBarrier all = new CyclicBarrier(InParallel.WIDTH);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        InParallel.map(IntStream.range(0, 3 * InParallel.WIDTH).boxed().toList(), item -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                all.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return running.decrementAndGet();
        });

        assertThat(most).hasValue(InParallel.WIDTH);
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
