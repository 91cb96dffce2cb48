package io.jenkins.plugins.projectdeployer.hook;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts worker processes, keeps one Jython worker ready that has never run hook code, and ends what a dead controller
 * left behind. A worker is given out once.
 */
public final class HookWorkers implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(HookWorkers.class.getName());

    /**
     * A worker that has run nothing.
     *
     * @param pid its process id
     * @param ready whether it has come up
     */
    public record Spare(long pid, boolean ready) {}

    /** The next spare's start must not take the processor from the hook that has just been given the last one. */
    private static final long REFILL_DELAY_MILLIS = 300;

    private volatile HookWorkerSettings settings;
    private final WorkerPlace place;
    private final ScheduledThreadPoolExecutor clock;
    private HookWorker spare;
    private ScheduledFuture<?> spareEnd;
    private ScheduledFuture<?> refill;
    private boolean closed;

    /** @throws IOException when the directory cannot be written */
    public HookWorkers(HookWorkerSettings settings) throws IOException {
        this.settings = settings;
        Path program = WorkerProgram.install(settings.directory().resolve("program"));
        this.place = new WorkerPlace(settings.directory().resolve("workers"), program);
        Private.ensureDirectory(place.directory());
        this.clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("hook spare"));
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /** Workers started from now on get this launcher; a spare that has another one is ended. */
    void launchWith(List<String> launcher) {
        HookWorker outdated = null;
        synchronized (this) {
            if (!launcher.equals(settings.launcher())) {
                settings = settings.withLauncher(launcher);
                outdated = spare;
                spare = null;
            }
        }
        if (outdated != null) {
            discard(outdated);
        }
    }

    HookWorkerSettings settings() {
        return settings;
    }

    /**
     * Ends workers and deletes directories that controllers left which are dead by now; to be called once at start-up.
     * Workers of a living controller on the same directory stay.
     *
     * @return one line for each worker that was still running
     */
    public List<String> sweep() throws IOException {
        List<String> ended = new ArrayList<>();
        try (DirectoryStream<Path> records =
                Files.newDirectoryStream(place.directory(), "*" + WorkerRecord.SUFFIX)) {
            for (Path file : records) {
                sweep(file, ended);
            }
        }
        sweepHomes();
        return ended;
    }

    /** A controller that dies between making a worker's directory and its record leaves the directory alone. */
    private void sweepHomes() throws IOException {
        Instant fresh = Instant.now().minus(Duration.ofHours(1));
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(place.directory(), Files::isDirectory)) {
            for (Path home : homes) {
                boolean recorded = Files.exists(place.record(home.getFileName().toString()));
                if (!recorded && Files.getLastModifiedTime(home).toInstant().isBefore(fresh)) {
                    Private.delete(home);
                }
            }
        }
    }

    private static void sweep(Path file, List<String> ended) {
        try {
            WorkerRecord record = WorkerRecord.read(file);
            if (record.isLookedAfter()) {
                return;
            }
            ProcessTree tree = new ProcessTree(record.worker().running().orElse(null), record.cookie(), false);
            tree.kill();
            tree.killed().forEach(name -> ended.add("Ended a process of a hook that a dead controller left: " + name));
            Private.delete(record.home());
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot clear away what a hook left: " + file, e);
        }
    }

    /** Has a Jython worker ready soon, for a hook that is known to come; does nothing where no spare is wanted. */
    public void warmUp() {
        refillAfter(0);
    }

    /** Starts a worker; whether it comes up shows in what it says. */
    HookWorker start(HookEngine engine) throws IOException {
        return HookWorker.start(engine, settings, place, false);
    }

    /** The worker that stands ready for this engine, or null. Another will stand ready soon. */
    HookWorker takeSpare(HookEngine engine) {
        if (!(engine instanceof HookEngine.Jython)) {
            return null;
        }
        HookWorker taken;
        synchronized (this) {
            taken = spare;
            spare = null;
            if (spareEnd != null) {
                spareEnd.cancel(false);
            }
        }
        refillAfter(REFILL_DELAY_MILLIS);
        return taken;
    }

    private synchronized void refillAfter(long millis) {
        if (closed || settings.spareIdle().isZero()) {
            return;
        }
        if (refill == null || refill.isDone()) {
            refill = clock.schedule(this::refill, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void refill() {
        try {
            synchronized (this) {
                if (closed) {
                    return;
                }
                if (spare == null) {
                    spare = HookWorker.start(HookEngine.JYTHON, settings, place, true);
                }
                if (spareEnd != null) {
                    spareEnd.cancel(false);
                }
                spareEnd = clock.schedule(this::endSpare, settings.spareIdle().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "No Jython worker could be started ahead of need; hooks will start their own", e);
        }
    }

    private void endSpare() {
        HookWorker idle;
        synchronized (this) {
            idle = spare;
            spare = null;
        }
        if (idle != null) {
            discard(idle);
        }
    }

    private static void discard(HookWorker worker) {
        if (worker.end()) {
            worker.cleanUp();
        } else {
            LOGGER.warning("Process " + worker.pid() + " of a hook worker does not end; end it by hand");
        }
    }

    /** The worker that stands ready, or will soon. */
    public synchronized Optional<Spare> spare() {
        return Optional.ofNullable(spare).map(worker -> new Spare(worker.pid(), worker.hasSpoken()));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        clock.shutdownNow();
        endSpare();
    }
}
