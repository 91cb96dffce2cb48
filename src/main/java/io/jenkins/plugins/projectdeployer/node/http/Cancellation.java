package io.jenkins.plugins.projectdeployer.node.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A wish to stop, which one thread expresses and others heed. Once cancelled it stays so.
 *
 * <p>A node call that watches it ends within a second, an upload too.
 */
public final class Cancellation {

    /** Undoes an {@link #onCancel} that is no longer wanted. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** One that comes by itself: for a last call that must not hold anybody up. */
    public static Cancellation after(Duration time) {
        Cancellation cancellation = new Cancellation();
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS).execute(cancellation::cancel);
        return cancellation;
    }

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Set<Runnable> actions = new LinkedHashSet<>();
    private volatile boolean leaving;

    /** Asks everybody who watches to stop. May be called any number of times, from any thread. */
    public void cancel() {
        Set<Runnable> toRun;
        synchronized (actions) {
            cancelled.countDown();
            toRun = new LinkedHashSet<>(actions);
            actions.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /**
     * Asks everybody to stop waiting because the controller stops: nobody is told to give up what they were asked for, and
     * the next start looks what became of it.
     */
    public void leave() {
        if (!isCancelled()) {
            leaving = true;
            cancel();
        }
    }

    /** Another one, which is cancelled with this one unless the controller stops: for a short call whose answer must not be lost. */
    public Cancellation exceptLeaving() {
        Cancellation other = new Cancellation();
        onCancel(() -> {
            if (!leaving) {
                other.cancel();
            }
        });
        return other;
    }

    /** Whether it was {@link #leave} that cancelled. */
    public boolean isLeaving() {
        return leaving;
    }

    /** Whether somebody cancelled. */
    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /**
     * Runs the action when somebody cancels, on their thread; at once when that has happened already. The action must
     * be short and must not throw.
     */
    public Registration onCancel(Runnable action) {
        Runnable own = () -> action.run();
        synchronized (actions) {
            if (!isCancelled()) {
                actions.add(own);
                return () -> remove(own);
            }
        }
        action.run();
        return () -> {};
    }

    /**
     * Waits, but not longer than until somebody cancels.
     *
     * @return whether it was cancelled
     */
    public boolean await(Duration time) throws InterruptedException {
        return cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void remove(Runnable action) {
        synchronized (actions) {
            actions.remove(action);
        }
    }
}
