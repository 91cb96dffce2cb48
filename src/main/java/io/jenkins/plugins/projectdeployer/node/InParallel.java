package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * The same call for many things of a node, a few at a time: reading 500 scenarios one by one is 500 times the way to the
 * node and back. To stop early, cancel the calls.
 */
public final class InParallel {

    /** At once on one node: enough to hide the way, few enough not to be a burden. */
    public static final int WIDTH = 8;

    private InParallel() {}

    /** One call for one thing. */
    @FunctionalInterface
    public interface NodeCall<I, O> {
        /** Makes the call. */
        O on(I item) throws NodeException;
    }

    /**
     * Makes the call for each, and gives the answers, which must not be null, in the same order. After a failure nothing
     * new is begun; what runs is waited for, so that nothing goes on behind the caller's back.
     *
     * @throws NodeException of the first in order that failed
     */
    public static <I, O> List<O> map(Collection<I> items, NodeCall<I, O> call) throws NodeException {
        return map(items, WIDTH, call);
    }

    /** The same, {@code atOnce} at a time. */
    public static <I, O> List<O> map(Collection<I> items, int atOnce, NodeCall<I, O> call) throws NodeException {
        Work<I, O> work = new Work<>(List.copyOf(items), call);
        int width = Math.min(atOnce, items.size());
        if (width < 2) {
            work.run();
            return work.answers();
        }
        ExecutorService threads = Executors.newFixedThreadPool(width, task -> {
            Thread thread = new Thread(task, "node calls");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(work, threads))
                            .limit(width)
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
        return work.answers();
    }

    private static final class Work<I, O> implements Runnable {
        private final List<I> items;
        private final NodeCall<I, O> call;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<O> answers;
        private final AtomicReferenceArray<NodeException> failures;
        private volatile boolean failed;

        Work(List<I> items, NodeCall<I, O> call) {
            this.items = items;
            this.call = call;
            this.answers = new AtomicReferenceArray<>(items.size());
            this.failures = new AtomicReferenceArray<>(items.size());
        }

        @Override
        public void run() {
            int item;
            while (!failed && (item = next.getAndIncrement()) < items.size()) {
                try {
                    answers.set(item, Objects.requireNonNull(call.on(items.get(item))));
                } catch (NodeException e) {
                    failures.set(item, e);
                    failed = true;
                } catch (RuntimeException e) {
                    failed = true;
                    throw e;
                }
            }
        }

        List<O> answers() throws NodeException {
            List<O> all = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (failures.get(i) != null) {
                    throw failures.get(i);
                }
                all.add(answers.get(i));
            }
            return all;
        }
    }
}
