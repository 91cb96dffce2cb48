package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The same call for many things of a node, a few at a time: reading 500 scenarios one by one is 500 times the way to the
 * node and back. To stop early, cancel the calls.
 */
public final class InParallel {

    /** At once on one node: enough to hide the way, few enough not to be a burden. */
    public static final int WIDTH = 8;

    /** A node that answers at once: one call on its way while the answer before is read. */
    private static final int NEAR_WIDTH = 2;

    /** Calls that take less are not worth more threads: waking them takes as long as the call. */
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
     * Makes the call for each, and gives the answers, which must not be null, in the same order: {@value #NEAR_WIDTH} at a
     * time as long as the node answers at once, {@value #WIDTH} from the first call that takes its time. After a failure
     * nothing new is begun; what runs is waited for, so that nothing goes on behind the caller's back.
     *
     * @throws NodeException of the first in order that failed
     */
    public static <I, O> List<O> map(Collection<I> items, NodeCall<I, O> call) throws NodeException {
        return new Work<>(List.copyOf(items), call, WIDTH).answers(NEAR_WIDTH);
    }

    /** The same, {@code atOnce} at a time from the first: for what takes long anyway. */
    public static <I, O> List<O> map(Collection<I> items, int atOnce, NodeCall<I, O> call) throws NodeException {
        return new Work<>(List.copyOf(items), call, atOnce).answers(atOnce);
    }

    private static final class Work<I, O> {
        private final List<I> items;
        private final NodeCall<I, O> call;
        private final int width;
        private final AtomicInteger next = new AtomicInteger();
        private int workers = 1;
        /** Advances when every worker is done. */
        private final Phaser end = new Phaser(1);
        private final AtomicReferenceArray<O> answers;
        private final AtomicReferenceArray<NodeException> failures;
        private final AtomicReference<Throwable> defect = new AtomicReference<>();
        private volatile boolean failed;

        Work(List<I> items, NodeCall<I, O> call, int width) {
            this.items = items;
            this.call = call;
            this.width = width;
            this.answers = new AtomicReferenceArray<>(items.size());
            this.failures = new AtomicReferenceArray<>(items.size());
        }

        List<O> answers(int atOnce) throws NodeException {
            widen(atOnce);
            work();
            end.arriveAndAwaitAdvance();
            if (defect.get() instanceof RuntimeException exception) {
                throw exception;
            }
            if (defect.get() instanceof Error error) {
                throw error;
            }
            List<O> all = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (failures.get(i) != null) {
                    throw failures.get(i);
                }
                all.add(answers.get(i));
            }
            return all;
        }

        /** Sets others to work, as many as there is work for. */
        private synchronized void widen(int to) {
            int wanted = Math.min(to, workers + items.size() - next.get() - 1);
            while (workers < wanted) {
                workers++;
                end.register();
                boolean begun = false;
                try {
                    THREADS.execute(this::workAndLeave);
                    begun = true;
                } finally {
                    if (!begun) {
                        end.arriveAndDeregister();
                    }
                }
            }
        }

        private void workAndLeave() {
            try {
                work();
            } finally {
                end.arriveAndDeregister();
            }
        }

        private void work() {
            int item;
            while (!failed && (item = next.getAndIncrement()) < items.size()) {
                long start = System.nanoTime();
                take(item);
                if (System.nanoTime() - start >= FAR_NANOS) {
                    widen(width);
                }
            }
        }

        private void take(int item) {
            try {
                answers.set(item, Objects.requireNonNull(call.on(items.get(item))));
            } catch (NodeException e) {
                failures.set(item, e);
                failed = true;
            } catch (RuntimeException | Error e) {
                defect.compareAndSet(null, e);
                failed = true;
            }
        }
    }
}
