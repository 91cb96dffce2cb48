package io.jenkins.plugins.projectdeployer.bench;

import io.jenkins.plugins.projectdeployer.hook.HookLease;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.hook.HookTicket;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The hook throttle with a thousand waiters: how late those are refused that find no slot, against a bare scheduled
 * executor with as many alarms; in which order they are served; how many threads that takes.
 * Must reach: first come, first served; 99th percentile of lateness at most the executor's + 10 ms; no thread per waiter.
 */
public final class ThrottleBench {
    private static final int WAITERS = 1000;
    private static final Duration WAIT = Duration.ofSeconds(2);
    /** Rounds that are not counted: a controller is warm, and its first seconds are the compiler's. */
    private static final int WARM_UP = 3;

    private static final int ROUNDS = 7;

    private ThrottleBench() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService callbacks = Executors.newFixedThreadPool(2);
        for (int round = 1; round <= WARM_UP; round++) {
            throttle(callbacks);
            executor(callbacks);
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            long[] bare = executor(callbacks);
            long[] ours = throttle(callbacks);
            System.out.printf(
                    "round %d: late by (median / p99 / max) throttle %s, bare executor %s%n",
                    round, text(ours), text(bare));
            ratios.add((at(ours, 0.99) - at(bare, 0.99)) / 1e6);
        }
        Collections.sort(ratios);
        Limit.atMost(10, "p99 of lateness, throttle minus bare executor, median of " + ROUNDS + " rounds, ms", ratios.get(ROUNDS / 2));
        served(callbacks);
        callbacks.shutdown();
    }

    private static long[] throttle(ExecutorService callbacks) throws Exception {
        try (HookThrottle throttle = new HookThrottle(new HookThrottle.Settings(3, WAIT, WAIT), callbacks)) {
            for (int i = 0; i < 3; i++) {
                throttle.take(ticket(i));
            }
            long[] late = new long[WAITERS];
            CountDownLatch left = new CountDownLatch(WAITERS);
            for (int i = 0; i < WAITERS; i++) {
                int waiter = i;
                long deadline = System.nanoTime() + WAIT.toNanos();
                throttle.take(ticket(i)).whenComplete((lease, refused) -> {
                    late[waiter] = System.nanoTime() - deadline;
                    left.countDown();
                });
            }
            left.await();
            return sorted(late);
        }
    }

    private static long[] executor(ExecutorService callbacks) throws Exception {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
        long[] late = new long[WAITERS];
        CountDownLatch left = new CountDownLatch(WAITERS);
        for (int i = 0; i < WAITERS; i++) {
            int waiter = i;
            CompletableFuture<Void> future = new CompletableFuture<>();
            long deadline = System.nanoTime() + WAIT.toNanos();
            clock.schedule(
                    () -> callbacks.execute(() -> future.completeExceptionally(new IllegalStateException("late"))),
                    WAIT.toNanos(),
                    TimeUnit.NANOSECONDS);
            future.whenComplete((nothing, refused) -> {
                late[waiter] = System.nanoTime() - deadline;
                left.countDown();
            });
        }
        left.await();
        clock.shutdown();
        return sorted(late);
    }

    private static void served(ExecutorService callbacks) throws Exception {
        Duration day = Duration.ofHours(1);
        try (HookThrottle throttle = new HookThrottle(new HookThrottle.Settings(1, day, day), callbacks)) {
            HookLease gate = throttle.take(ticket(-1)).get();
            int threads = Thread.activeCount();
            List<Long> order = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch left = new CountDownLatch(WAITERS);
            for (int i = 0; i < WAITERS; i++) {
                throttle.take(ticket(i)).thenAccept(lease -> {
                    order.add(lease.ticket().update());
                    lease.close();
                    left.countDown();
                });
            }
            int added = Thread.activeCount() - threads;
            long start = System.nanoTime();
            gate.close();
            left.await();
            boolean inOrder = order.equals(LongStream.range(0, WAITERS).boxed().toList());
            System.out.printf(
                    "%d waiters: %s, handed through in %.1f ms%n",
                    WAITERS, inOrder ? "first come, first served" : "OUT OF ORDER", (System.nanoTime() - start) / 1e6);
            Limit.atLeast(1, "first come, first served (1: yes)", inOrder ? 1 : 0);
            Limit.atMost(2, "threads more for " + WAITERS + " waiters", added);
        }
    }

    private static HookTicket ticket(int number) {
        return new HookTicket("bench", number, HookPhase.PRE);
    }

    private static long[] sorted(long[] values) {
        Arrays.sort(values);
        return values;
    }

    private static long at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
    }

    private static String text(long[] late) {
        return String.format("%.1f / %.1f / %.1f ms", at(late, 0.5) / 1e6, at(late, 0.99) / 1e6, at(late, 1) / 1e6);
    }
}
