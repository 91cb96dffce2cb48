package io.jenkins.plugins.projectdeployer.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one clock thread of all gates: wakes each update that waits for a time when that time has come. It is off by as
 * much as the controller's clock is set meanwhile, but for an hour at most. What is woken must be quick; {@link #beside}
 * takes what is not.
 */
public final class Alarms implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Long, Future<?>> set = new HashMap<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "project-deployer gates"));

    private final ThreadPoolExecutor other = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            task -> daemon(task, "project-deployer gates, slow"), new ThreadPoolExecutor.DiscardPolicy());

    public Alarms(Clock clock) {
        this.clock = clock;
        thread.setRemoveOnCancelPolicy(true);
        other.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread daemon = new Thread(task, name);
        daemon.setDaemon(true);
        return daemon;
    }

    /** Does what may take long, asking the directory say, one after another; the clock goes on meanwhile. */
    public void beside(Runnable slow) {
        other.execute(slow);
    }

    /** Wakes this update then, or an hour from now if that is earlier; takes the place of the alarm that it has. */
    public synchronized void at(long update, Instant then, Runnable wake) {
        cancel(update);
        if (thread.isShutdown()) {
            return;
        }
        Duration left = Duration.between(clock.instant(), then);
        long millis = Math.max(1, left.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : left.toMillis() + 1);
        set.put(update, thread.schedule(() -> {
            ring(update);
            wake.run();
        }, millis, TimeUnit.MILLISECONDS));
    }

    /** Takes the alarm of this update away, if it has one. */
    public synchronized void cancel(long update) {
        Future<?> alarm = set.remove(update);
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private synchronized void ring(long update) {
        set.remove(update);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        other.shutdownNow();
    }
}
