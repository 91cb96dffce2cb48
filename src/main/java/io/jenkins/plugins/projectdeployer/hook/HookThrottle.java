package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * How many hooks run at once on this controller, and who is next: first come, first served (Dataiku: three slots, a
 * pre-deployment hook waits at most 10 s for one, a post-deployment hook 60 s; A5.12).
 *
 * <p>An own queue and one clock thread instead of a semaphore: a thousand waiters cost no thread, and one can see who
 * waits, since when and until when. A slot that is given back goes straight to the first waiter, so nobody who comes
 * later can take it. Whoever removes a waiter from the queue, under the lock, decides its fate; futures complete
 * outside the lock.
 */
public final class HookThrottle implements AutoCloseable {

    /**
     * The numbers an administrator may change.
     *
     * @param permits hooks at once, at least 1
     * @param preWait longest wait of a pre-deployment hook for its slot
     * @param postWait longest wait of a post-deployment hook for its slot
     */
    public record Settings(int permits, Duration preWait, Duration postWait) {
        /** Three at once, 10 s, 60 s. */
        public static final Settings DEFAULT = new Settings(3, Duration.ofSeconds(10), Duration.ofSeconds(60));

        public Settings {
            if (permits < 1) {
                throw new IllegalArgumentException("permits is " + permits + ": at least 1 hook must be able to run");
            }
            requireWait("preWait", preWait);
            requireWait("postWait", postWait);
        }

        /** The numbers of the configuration. */
        public static Settings of(HookLimits limits) {
            return new Settings(
                    limits.permits(),
                    Duration.ofSeconds(limits.preWaitSeconds()),
                    Duration.ofSeconds(limits.postWaitSeconds()));
        }

        Duration waitOf(HookPhase phase) {
            return phase == HookPhase.PRE ? preWait : postWait;
        }

        private static void requireWait(String name, Duration wait) {
            if (wait.isNegative() || wait.toSeconds() > HookLimits.LONGEST_WAIT_SECONDS) {
                throw new IllegalArgumentException(name + " is " + wait + ": from 0 to 24 hours is possible");
            }
        }
    }

    /** A hook that holds a slot. */
    public record Holder(HookTicket ticket, Instant since) {}

    /** A hook that waits for a slot, refused at its deadline. */
    public record Waiter(HookTicket ticket, Instant since, Instant deadline) {}

    /** The state at one moment: holders in the order they were served, waiters in the order they will be. */
    public record Snapshot(int permits, List<Holder> holders, List<Waiter> waiters) {}

    private final Executor callbacks;
    private final Clock wallClock;
    private final ScheduledThreadPoolExecutor clock;

    private final Object lock = new Object();
    private final ArrayDeque<Wait> queue = new ArrayDeque<>();
    private final Set<Slot> held = new LinkedHashSet<>();
    private Settings settings;
    private boolean closed;

    /** @param callbacks runs what depends on the futures, never a thread of the throttle itself */
    public HookThrottle(Settings settings, Executor callbacks) {
        this(settings, callbacks, Clock.systemUTC());
    }

    HookThrottle(Settings settings, Executor callbacks, Clock wallClock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.callbacks = Objects.requireNonNull(callbacks, "callbacks");
        this.wallClock = wallClock;
        this.clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("hook throttle clock"));
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Asks for a slot. The future completes with the lease, or with {@link NoHookSlot} at the ticket's deadline.
     * Cancelling the future leaves the queue; a lease that was granted at that very moment is given back.
     */
    public CompletableFuture<HookLease> take(HookTicket ticket) {
        CompletableFuture<HookLease> future = new CompletableFuture<>();
        Slot slot = null;
        synchronized (lock) {
            if (closed) {
                future.completeExceptionally(new IllegalStateException("The hook throttle is closed"));
                return future;
            }
            if (queue.isEmpty() && held.size() < settings.permits()) {
                slot = new Slot(ticket, wallClock.instant());
                held.add(slot);
            } else {
                enqueue(ticket, future);
            }
        }
        if (slot != null) {
            future.complete(slot);
        }
        return future;
    }

    private void enqueue(HookTicket ticket, CompletableFuture<HookLease> future) {
        Duration wait = settings.waitOf(ticket.phase());
        Instant now = wallClock.instant();
        Wait waiting = new Wait(ticket, future, wait, now, now.plus(wait));
        queue.add(waiting);
        waiting.alarm = clock.schedule(() -> starve(waiting), wait.toNanos(), TimeUnit.NANOSECONDS);
        future.whenComplete((lease, error) -> {
            if (future.isCancelled()) {
                leave(waiting);
            }
        });
    }

    /** New numbers; those who wait keep their deadline, those who hold keep their slot. */
    public void configure(Settings next) {
        List<Granted> granted;
        synchronized (lock) {
            settings = Objects.requireNonNull(next, "settings");
            granted = serve();
        }
        granted.forEach(this::hand);
    }

    /** Who holds, who waits. */
    public Snapshot snapshot() {
        synchronized (lock) {
            return new Snapshot(
                    settings.permits(),
                    held.stream().map(s -> new Holder(s.ticket, s.since)).toList(),
                    queue.stream().map(w -> new Waiter(w.ticket, w.since, w.deadline)).toList());
        }
    }

    /** Refuses whoever waits and stops the clock; leases still held can be given back. */
    @Override
    public void close() {
        List<Wait> waiting;
        synchronized (lock) {
            closed = true;
            waiting = List.copyOf(queue);
            queue.clear();
        }
        clock.shutdownNow();
        waiting.forEach(w -> complete(
                w, f -> f.completeExceptionally(new IllegalStateException("The hook throttle was closed while "
                        + w.ticket.describe() + " waited"))));
    }

    private void starve(Wait waiting) {
        int permits;
        List<Slot> holders;
        synchronized (lock) {
            if (!queue.remove(waiting)) {
                return;
            }
            permits = settings.permits();
            holders = List.copyOf(held);
        }
        // Made by the callback: the clock has others to wake.
        complete(waiting, f -> f.completeExceptionally(new NoHookSlot(waiting.ticket, waiting.wait, permits,
                holders.stream().map(s -> s.ticket).toList())));
    }

    private void leave(Wait waiting) {
        synchronized (lock) {
            queue.remove(waiting);
        }
        waiting.alarm.cancel(false);
    }

    private void release(Slot slot) {
        List<Granted> granted;
        synchronized (lock) {
            held.remove(slot);
            granted = serve();
        }
        granted.forEach(this::hand);
    }

    /** Gives free slots to the first waiters; called under the lock, so nobody passes them. */
    private List<Granted> serve() {
        List<Granted> granted = new ArrayList<>(1);
        while (held.size() < settings.permits() && !queue.isEmpty()) {
            Wait next = queue.poll();
            Slot slot = new Slot(next.ticket, wallClock.instant());
            held.add(slot);
            granted.add(new Granted(next, slot));
        }
        return granted;
    }

    private void hand(Granted granted) {
        granted.waiting.alarm.cancel(false);
        complete(granted.waiting, f -> {
            if (!f.complete(granted.slot)) {
                granted.slot.close();
            }
        });
    }

    private void complete(Wait waiting, Consumer<CompletableFuture<HookLease>> how) {
        callbacks.execute(() -> how.accept(waiting.future));
    }

    private record Granted(Wait waiting, Slot slot) {}

    private static final class Wait {
        final HookTicket ticket;
        final CompletableFuture<HookLease> future;
        final Duration wait;
        final Instant since;
        final Instant deadline;
        ScheduledFuture<?> alarm;

        Wait(
                HookTicket ticket,
                CompletableFuture<HookLease> future,
                Duration wait,
                Instant since,
                Instant deadline) {
            this.ticket = ticket;
            this.future = future;
            this.wait = wait;
            this.since = since;
            this.deadline = deadline;
        }
    }

    private final class Slot implements HookLease {
        private final HookTicket ticket;
        private final Instant since;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Slot(HookTicket ticket, Instant since) {
            this.ticket = ticket;
            this.since = since;
        }

        @Override
        public HookTicket ticket() {
            return ticket;
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                release(this);
            }
        }
    }
}
