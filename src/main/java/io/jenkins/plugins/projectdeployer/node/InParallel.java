package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    /** Calls that take less are not worth a second thread: waking it takes as long as the call. */
    private static final long FAR_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Threads that have been idle for as long end; none inherits who its maker acted for. */
    private static final Executor THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(null, task, "node calls", 0, false);
                thread.setDaemon(true);
                return thread;
            });

    private InParallel() {}

    /** One call for one thing. */
    @FunctionalInterface
    public interface NodeCall<I, O> {
        /** Makes the call. */
        O on(I item) throws NodeException;
    }

    /**
     * Makes the call for each, and gives the answers, which must not be null, in the same order: one after the other as
     * long as the node answers at once, {@link #WIDTH} at a time from the first that takes its time. After a failure
     * nothing new is begun; what runs is waited for, so that nothing goes on behind the caller's back.
     *
     * @throws NodeException of the first in order that failed
     */
    public static <I, O> List<O> map(Collection<I> items, NodeCall<I, O> call) throws NodeException {
        Work<I, O> work = new Work<>(List.copyOf(items), call);
        work.runWhileNear();
        return work.runTogether(WIDTH);
    }

    /** The same, {@code atOnce} at a time from the first: for what takes long anyway. */
    public static <I, O> List<O> map(Collection<I> items, int atOnce, NodeCall<I, O> call) throws NodeException {
        return new Work<>(List.copyOf(items), call).runTogether(atOnce);
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
            while (hasMore()) {
                takeOne();
            }
        }

        /** Until a call shows that the node is far away. */
        void runWhileNear() {
            long took = 0;
            while (hasMore() && took < FAR_NANOS) {
                long start = System.nanoTime();
                takeOne();
                took = System.nanoTime() - start;
            }
        }

        List<O> runTogether(int atOnce) throws NodeException {
            int others = Math.min(atOnce, items.size() - next.get()) - 1;
            CompletableFuture<?>[] running = Stream.generate(() -> CompletableFuture.runAsync(this, THREADS))
                    .limit(Math.max(0, others))
                    .toArray(CompletableFuture[]::new);
            try {
                run();
            } finally {
                CompletableFuture.allOf(running).join();
            }
            return answers();
        }

        private boolean hasMore() {
            return !failed && next.get() < items.size();
        }

        private void takeOne() {
            int item = next.getAndIncrement();
            if (item >= items.size()) {
                return;
            }
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
