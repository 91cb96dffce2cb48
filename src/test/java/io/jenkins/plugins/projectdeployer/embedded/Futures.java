package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Long tasks of the node. They answer at once unless told to take time; tests can make the next one end badly. */
public final class Futures implements AutoCloseable {

    /** How a task can end other than well. */
    public enum BadEnd {
        /** It throws: asking for its state is answered with Dataiku's error. */
        FAILS,
        /** It is gone without a result: neither alive nor done. */
        DIES,
        /** The node does not know it any more, as after a restart. */
        FORGOTTEN,
        /** Somebody aborted it on the node. */
        ABORTED
    }

    private static final class Task {
        final String jobId;
        final String owner;
        final long start = System.currentTimeMillis();
        long end = -1;
        boolean aborted;
        boolean dead;
        JsonNode result;
        ApiError failure;

        Task(String jobId, String owner) {
            this.jobId = jobId;
            this.owner = owner;
        }

        boolean alive() {
            return result == null && failure == null && !aborted && !dead;
        }

        ObjectNode state(boolean withResult) {
            ObjectNode state = Json.object()
                    .put("jobId", jobId)
                    .put("owner", owner)
                    .put("aborted", aborted)
                    .put("unknown", false)
                    .put("alive", alive())
                    .put("startTime", start)
                    .put("runningTime", (end < 0 ? System.currentTimeMillis() : end) - start)
                    .put("hasResult", result != null);
            if (withResult && result != null) {
                state.set("result", result);
            }
            return state;
        }
    }

    private final Object lock;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Map<String, Runnable> pending = new LinkedHashMap<>();
    private final Map<String, Duration> durations = new LinkedHashMap<>();
    private final Map<String, Deque<BadEnd>> badEnds = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "embedded-node-futures");
        thread.setDaemon(true);
        return thread;
    });
    private int next = 1;
    private boolean bareReports;

    Futures(Object lock) {
        this.lock = lock;
    }

    /** Lets a kind of task ({@code preload}, {@code activate}, {@code restart}, {@code delete}) run this long, to be polled. */
    public Futures takes(String kind, Duration duration) {
        synchronized (lock) {
            durations.put(kind, duration);
        }
        return this;
    }

    /** Lets the next task of a kind end badly; it must take time to be polled at all. */
    public Futures nextEnds(String kind, BadEnd end) {
        synchronized (lock) {
            badEnds.computeIfAbsent(kind, k -> new ArrayDeque<>()).add(end);
            durations.putIfAbsent(kind, Duration.ofMillis(50));
        }
        return this;
    }

    /** Whether a task that is done at once answers with its report alone, not wrapped as a future; both are conceivable (B2). */
    public Futures bareReports(boolean bare) {
        synchronized (lock) {
            bareReports = bare;
        }
        return this;
    }

    /** Runs the work now, or begins it and answers with a job to poll. Called and run under the node's lock. */
    JsonNode submit(String kind, Caller caller, Supplier<JsonNode> work) {
        Duration duration = durations.get(kind);
        if (duration == null && bareReports) {
            return work.get();
        }
        Task task = new Task("job-" + next++, caller.identifier());
        if (duration == null) {
            task.result = work.get();
            task.end = System.currentTimeMillis();
            ObjectNode state = task.state(true);
            state.remove("jobId");
            return state;
        }
        Deque<BadEnd> ends = badEnds.get(kind);
        BadEnd badEnd = ends == null ? null : ends.poll();
        tasks.put(task.jobId, task);
        ObjectNode first = task.state(false);
        Runnable finish = () -> finish(task, badEnd, work);
        pending.put(task.jobId, finish);
        clock.schedule(finish, duration.toMillis(), TimeUnit.MILLISECONDS);
        return first;
    }

    /** Lets every task that still runs come to its end now. */
    public void finishNow() {
        synchronized (lock) {
            List.copyOf(pending.values()).forEach(Runnable::run);
        }
    }

    private void finish(Task task, BadEnd badEnd, Supplier<JsonNode> work) {
        synchronized (lock) {
            pending.remove(task.jobId);
            if (!task.alive()) {
                return;
            }
            if (badEnd == null) {
                try {
                    task.result = work.get();
                } catch (ApiError e) {
                    task.failure = e;
                } catch (RuntimeException e) {
                    task.failure = ApiError.illegal(e.toString());
                }
            } else {
                switch (badEnd) {
                    case FAILS -> task.failure = new ApiError(500, "java.lang.RuntimeException", "The task failed on the node");
                    case DIES -> task.dead = true;
                    case FORGOTTEN -> tasks.remove(task.jobId);
                    case ABORTED -> task.aborted = true;
                }
            }
            task.end = System.currentTimeMillis();
        }
    }

    ObjectNode state(String jobId, boolean peek) {
        Task task = tasks.get(jobId);
        if (task == null) {
            return Json.object()
                    .put("jobId", jobId)
                    .put("aborted", false)
                    .put("unknown", true)
                    .put("alive", false)
                    .put("hasResult", false)
                    .put("runningTime", 0)
                    .put("startTime", 0);
        }
        if (task.failure != null) {
            throw task.failure;
        }
        return task.state(!peek);
    }

    void abort(String jobId) {
        Task task = tasks.get(jobId);
        if (task == null) {
            throw ApiError.notFound("Future '" + jobId + "' does not exist");
        }
        if (task.alive()) {
            task.aborted = true;
            task.end = System.currentTimeMillis();
        }
    }

    Iterable<ObjectNode> living() {
        return tasks.values().stream().filter(Task::alive).map(task -> task.state(false)).toList();
    }

    /** How many tasks were aborted by request. */
    public long aborted() {
        synchronized (lock) {
            return tasks.values().stream().filter(task -> task.aborted).count();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
