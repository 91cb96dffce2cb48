package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.hook.HookValidation.Problem;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs hooks: waits for a slot, asks whether the text is approved, gives it to a worker process that has run nothing
 * before, and frees the slot when the last of the hook's processes is gone.
 */
public final class HookRunner implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(HookRunner.class.getName());
    private static final long CLOSE_PATIENCE_SECONDS = 15;

    private final HookWorkers workers;
    private final HookThrottle throttle;
    private final HookApproval approval;
    private final Runnable followLimits;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("hook"));
    private final Set<RunningHook> running = ConcurrentHashMap.newKeySet();
    private final Semaphore checks = new Semaphore(1, true);

    /** Keeps the numbers that the three were made with; they stay the caller's to close. */
    public HookRunner(HookWorkers workers, HookThrottle throttle, HookApproval approval) {
        this(workers, throttle, approval, () -> {});
    }

    /**
     * The same, following numbers that administrators may change meanwhile.
     *
     * @param limits as configured at this moment; asked whenever a hook comes, and when {@link #limitsChanged} says so
     */
    public HookRunner(HookWorkers workers, HookThrottle throttle, HookApproval approval, Supplier<HookLimits> limits) {
        this(workers, throttle, approval, () -> {
            HookLimits now = limits.get();
            workers.launchWith(now.launcher());
            throttle.configure(HookThrottle.Settings.of(now));
        });
    }

    private HookRunner(HookWorkers workers, HookThrottle throttle, HookApproval approval, Runnable followLimits) {
        this.workers = workers;
        this.throttle = throttle;
        this.approval = approval;
        this.followLimits = followLimits;
        this.clock = Clock.systemUTC();
    }

    /** The numbers may be others now: who waits for a slot is served at once where there are more. */
    public void limitsChanged() {
        followLimits.run();
    }

    /** Whether somebody has approved this text. */
    public boolean isApproved(HookText text) {
        return approval.isApproved(text);
    }

    /**
     * Queues the hook; returns at once.
     *
     * @param onStart called when a slot and a worker are there, before any of the hook's code runs; what it throws keeps
     *     the hook from running and ends the outcome with it
     */
    public HookExecution run(HookRun run, Runnable onStart) {
        followLimits.run();
        RunningHook execution = new RunningHook(run, onStart, workers, approval, threads, clock);
        running.add(execution);
        execution.outcome().whenComplete((outcome, error) -> running.remove(execution));
        execution.begin(throttle.take(run.ticket()));
        return execution;
    }

    /** A hook that will come soon: has a Jython worker made ready, where one is needed. */
    public void prepare(HookEngine engine) {
        if (engine instanceof HookEngine.Jython) {
            workers.warmUp();
        }
    }

    /**
     * Compiles a hook without running it, one at a time. Needs no slot and no approval: none of its code runs.
     *
     * @return completes with the problem, or empty when there is none
     */
    public CompletableFuture<Optional<Problem>> check(HookText text) {
        return CompletableFuture.supplyAsync(
                () -> {
                    checks.acquireUninterruptibly();
                    try {
                        return new HookValidation(workers, threads).check(text);
                    } finally {
                        checks.release();
                    }
                },
                threads);
    }

    /** Ends every hook, waiting or running, and returns when their processes are gone or will not go. */
    @Override
    public void close() {
        List<RunningHook> left = List.copyOf(running);
        left.forEach(hook -> hook.abort("the controller is shutting down"));
        try {
            CompletableFuture.allOf(left.stream().map(RunningHook::outcome).toArray(CompletableFuture[]::new))
                    .get(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOGGER.log(Level.FINE, "A hook ended by an error while the runner closed", e);
        } catch (TimeoutException e) {
            LOGGER.warning("Hooks are still running after " + CLOSE_PATIENCE_SECONDS
                    + " s; the next start ends what they leave: " + throttle.snapshot().holders());
        }
        threads.shutdown();
    }
}
