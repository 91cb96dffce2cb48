package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.hook.HookValidation.Problem;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Runs hooks: waits for a slot, asks whether the text is approved, gives it to a worker process that has run nothing
 * before, and frees the slot when the last of the hook's processes is gone.
 */
public final class HookRunner implements AutoCloseable {
    private final HookWorkers workers;
    private final HookThrottle throttle;
    private final HookApproval approval;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("hook"));
    private final Semaphore checks = new Semaphore(1, true);

    /** The three stay the caller's to close. */
    public HookRunner(HookWorkers workers, HookThrottle throttle, HookApproval approval) {
        this.workers = workers;
        this.throttle = throttle;
        this.approval = approval;
        this.clock = Clock.systemUTC();
    }

    /** Queues the hook; returns at once. */
    public HookExecution run(HookRun run) {
        RunningHook running = new RunningHook(run, workers, approval, threads, clock);
        running.begin(throttle.take(run.ticket()));
        return running;
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

    /** Takes no more hooks; those that run go on to their end. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
