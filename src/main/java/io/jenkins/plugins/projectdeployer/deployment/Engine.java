package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.gate.Waiting;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.EntryTooLarge;
import io.jenkins.plugins.projectdeployer.store.JournalException;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries out updates, each phase by phase along its {@link Course}. An update holds a thread only while it works: one
 * that waits for its turn is parked and woken. What an earlier controller left open goes on where it stood.
 */
public final class Engine implements Waiting, AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Engine.class.getName());

    private static final int AGAIN_SECONDS = 30;

    private final Records records;
    private final Map<Phase, PhaseAction> actions;
    private final Lanes lanes;
    private final Predicate<DeployRequest.Origin> wanted;
    private final Barrier barrier;
    private final Consumer<Update> announce;
    private final Consumer<Update> atEnd;
    private final Followers followers = new Followers();
    private final Map<Long, UpdateRun> runs = new ConcurrentHashMap<>();
    private final Map<Long, Boolean> scheduled = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "project-deployer update");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closing;
    private boolean resumed;

    /**
     * @param announce told of each update before any thread takes it up, in the order of their numbers
     * @param atEnd what follows each update that has ended
     */
    Engine(
            Records records,
            Map<Phase, PhaseAction> actions,
            Lanes lanes,
            Predicate<DeployRequest.Origin> wanted,
            Barrier barrier,
            Consumer<Update> announce,
            Consumer<Update> atEnd) {
        this.records = records;
        this.actions = Map.copyOf(actions);
        this.lanes = lanes;
        this.wanted = wanted;
        this.barrier = barrier;
        this.announce = announce;
        this.atEnd = atEnd;
    }

    /**
     * Goes on with what is open; nothing is carried out before. Those that had begun come first, so that they find their
     * places free.
     */
    public void resume() {
        List<Update> open;
        synchronized (this) {
            open = records.openUpdates();
            open.stream().filter(update -> Course.hasEnded(update, Phase.RECHECK)).forEach(this::enter);
            open.stream().filter(update -> Course.hasEnded(update, Phase.AUTHORIZE)).forEach(this::enter);
            // Those that waited keep their order, whichever thread comes first.
            open.stream().filter(update -> !Course.hasEnded(update, Phase.AUTHORIZE)).forEach(update -> {
                enter(update);
                announce.accept(update);
            });
            resumed = true;
        }
        open.forEach(update -> schedule(update.number()));
    }

    /** What an update held or waited for, it holds or waits for again before any new one. */
    private void enter(Update update) {
        if (update.deploymentId() != null) {
            lanes.enterDeployment(update, () -> schedule(update.number()));
        }
        if (Course.hasBegun(update, Phase.RECHECK)) {
            lanes.enterInfrastructure(update, () -> schedule(update.number()));
        }
    }

    /** Takes a request; durable when this returns. */
    public Update submit(DeployRequest request) {
        if (closing) {
            throw new Refused(Refused.Reason.UNAVAILABLE, "The controller is stopping and takes no update; ask again after its start.");
        }
        Targets.require(request);
        Update update;
        try {
            update = records.submit(request);
        } catch (EntryTooLarge e) {
            throw new Refused(Refused.Reason.INVALID, "The request is too large to be recorded: " + e.getMessage()
                    + " Keep its variables smaller.");
        }
        if (!update.status().ended()) {
            announce.accept(update);
            schedule(update.number());
        }
        return update;
    }

    /** Follows an update; one that has ended answers at once. */
    public void follow(long number, UpdateListener listener) {
        Supplier<Update> now = () -> records.update(number).orElseThrow(() -> Refused.notFound("update", String.valueOf(number)));
        now.get();
        followers.add(number, listener, now);
        Update update = now.get();
        if (update.status().ended()) {
            followers.ended(update);
        }
    }

    /** Tells this listener nothing more of an update. */
    public void unfollow(long number, UpdateListener listener) {
        followers.remove(number, listener);
    }

    /** Asks an update to end; what runs for it is stopped. An update that has ended stays as it is. */
    public void abort(long number, String by) {
        running(number).ifPresent(run -> run.askToEnd(by));
        schedule(number);
    }

    @Override
    public void wake(long number) {
        schedule(number);
    }

    @Override
    public void tell(long number, String line) {
        followers.progress(number, line);
    }

    /** The update at work, read anew where it was not; empty once it has ended, so that nothing is done twice. */
    private Optional<UpdateRun> running(long number) {
        return Optional.ofNullable(runs.computeIfAbsent(number, key -> records.update(number)
                .filter(update -> !update.status().ended())
                .map(this::run)
                .orElse(null)));
    }

    private UpdateRun run(Update update) {
        followers.begin(update.number());
        return new UpdateRun(update, records, followers, barrier, () -> schedule(update.number()));
    }

    /** Puts the update on a thread; one that is on a thread already looks once more before it lets go. */
    private void schedule(long number) {
        synchronized (this) {
            if (closing || !resumed) {
                return;
            }
        }
        if (scheduled.put(number, true) == null) {
            threads.execute(() -> work(number));
        }
    }

    private void work(long number) {
        do {
            scheduled.put(number, false);
            running(number).ifPresent(this::advance);
        } while (!scheduled.remove(number, false));
    }

    private void advance(UpdateRun run) {
        try {
            endIfUnwanted(run);
            Optional<Phase> next = Course.next(run.update());
            while (next.isPresent() && !closing) {
                phase(run, next.get());
                next = Course.next(run.update());
            }
            if (next.isEmpty()) {
                end(run);
            }
        } catch (Parked parked) {
            LOGGER.log(Level.FINE, "Update {0} waits for its turn", run.update().number());
        } catch (RuntimeException | Error e) {
            // Nothing that is not durable is acted on: where the journal fails, the update stands still until it can be written.
            LOGGER.log(Level.SEVERE, "Update " + run.update().number() + " stands still; it is tried again in "
                    + AGAIN_SECONDS + " s", e);
            run.progress("ERROR the controller cannot go on with update " + run.update().number() + " and tries again in "
                    + AGAIN_SECONDS + " s; the controller's log says why");
            CompletableFuture.delayedExecutor(AGAIN_SECONDS, TimeUnit.SECONDS).execute(() -> schedule(run.update().number()));
        }
    }

    private void endIfUnwanted(UpdateRun run) {
        Update update = run.update();
        if (update.abortAskedBy() == null && update.request().origin() != null && !wanted.test(update.request().origin())) {
            run.askToEnd("the controller, because the build that asked is gone");
        }
    }

    private void phase(UpdateRun run, Phase phase) throws Parked {
        run.begin(phase);
        if (phase == Phase.REPORT) {
            Report.write(run);
            return;
        }
        run.changed();
        run.at("before " + phase);
        boolean owed = phase == Phase.ROLL_BACK;
        if (owed && run.update().abortAskedBy() != null) {
            run.renewCancellation();
            if (closing) {
                run.cancellation().leave();
            }
        }
        Update.Outcome outcome = owed || run.update().abortAskedBy() == null ? outcome(run, phase) : Update.Outcome.ABORTED;
        if (outcome == null) {
            return;
        }
        run.at("in " + phase);
        endIfUnwanted(run);
        run.pass(phase, outcome);
        run.at("after " + phase);
    }

    /** How the phase ended; null when the controller stops and the phase is to be begun again at the next start. */
    private Update.Outcome outcome(UpdateRun run, Phase phase) throws Parked {
        try {
            return actions.get(phase).run(run);
        } catch (Parked parked) {
            if (run.update().status() != parked.status()) {
                run.record(new UpdateEvent.StatusChanged(parked.status()));
                run.changed();
            }
            throw parked;
        } catch (PhaseFailed failed) {
            return failed(run, failed);
        } catch (Refused refused) {
            return failed(run, new PhaseFailed(refused.reason().name(), refused.getMessage()));
        } catch (NodeException e) {
            return failed(run, new PhaseFailed(e.kind().name(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(run, new PhaseFailed("INTERRUPTED", "The phase " + phase.label() + " was interrupted."));
        } catch (EntryTooLarge e) {
            return failed(run, tooLarge(phase, e));
        } catch (JournalException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            if (e.getCause() instanceof EntryTooLarge large) {
                return failed(run, tooLarge(phase, large));
            }
            if (e.getCause() instanceof JournalException journal) {
                throw journal;
            }
            LOGGER.log(Level.WARNING, "Update " + run.update().number() + ", phase " + phase, e);
            return failed(run, new PhaseFailed("INTERNAL", "The phase " + phase.label() + " failed unexpectedly ("
                    + e.getClass().getSimpleName() + "); the controller's log has the details under update " + run.update().number() + "."));
        }
    }

    /** What would have to be recorded first is more than can be: it is not done. */
    private static PhaseFailed tooLarge(Phase phase, EntryTooLarge e) {
        return new PhaseFailed("RECORD_TOO_LARGE", "The phase " + phase.label() + " has more to record than can be recorded: "
                + e.getMessage() + " Keep the project's variables and settings smaller.");
    }

    private Update.Outcome failed(UpdateRun run, PhaseFailed failed) {
        if (run.cancellation().isLeaving()) {
            return null;
        }
        if (run.update().abortAskedBy() != null && run.cancellation().isCancelled()) {
            return Update.Outcome.ABORTED;
        }
        failed.messages().forEach(run::say);
        return Update.Outcome.FAILED;
    }

    private void end(UpdateRun run) {
        Update update = run.update();
        lanes.leave(update);
        runs.remove(update.number());
        followers.ended(update);
        atEnd.accept(update);
    }

    /** Stops: no phase is begun, nothing is waited for any more, and all goes on at the next start. */
    @Override
    public void close() {
        closing = true;
        runs.values().forEach(run -> run.cancellation().leave());
        threads.shutdown();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                LOGGER.warning("Updates were still at work after 20 s; they go on at the next start");
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            threads.shutdownNow();
        }
    }
}
