package io.jenkins.plugins.projectdeployer.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.hook.HookOutcome.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The conversation with one worker: one job, its questions, one result. The thread that leads it never blocks on the
 * worker or the network: reading looks for what is there, answers are made on other threads. So time limit, abort and
 * the worker's death are noticed within milliseconds whatever the hook does.
 */
final class WorkerSession {
    private static final Logger LOGGER = Logger.getLogger(WorkerSession.class.getName());
    private static final long SHORTEST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;

    /** The conversation ended without a result; the message is for people. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final Ending ending;

        Broken(Ending ending, String message) {
            super(message);
            this.ending = ending;
        }

        Ending ending() {
            return ending;
        }
    }

    private final HookWorker worker;
    private final HookOutput output;
    private final Executor threads;
    private final WorkerLines lines;
    private final Thread leader = Thread.currentThread();
    private volatile String abortReason;
    private boolean ready;
    private CompletableFuture<Void> answering = CompletableFuture.completedFuture(null);

    /** @param threads makes and writes answers */
    WorkerSession(HookWorker worker, HookOutput output, Executor threads) {
        this.worker = worker;
        this.output = output;
        this.threads = threads;
        this.lines = new WorkerLines(worker.prefix(), output);
        worker.process().onExit().thenRun(this::wake);
    }

    HookWorker worker() {
        return worker;
    }

    /** Ends the conversation soon, from any thread. */
    void abort(String reason) {
        abortReason = reason;
        wake();
    }

    /** Waits until the worker has said that it is ready for its job. */
    void awaitReady(Duration limit) throws Broken {
        if (ready) {
            return;
        }
        JsonNode message = next(limit, q -> null, Ending.NOT_STARTED, "did not start within " + Durations.text(limit));
        if (!message.path("op").asText().equals("ready")) {
            throw new Broken(Ending.NOT_STARTED, "The hook's worker said " + message.path("op") + " before it was ready");
        }
        ready = true;
        worker.settle();
    }

    /**
     * Gives the worker its job and answers its questions until the result is there.
     *
     * @param answers makes the answer to one question; may block
     */
    JsonNode converse(ObjectNode job, Duration limit, Function<JsonNode, ObjectNode> answers) throws Broken {
        say(() -> HookJson.line(job));
        return next(
                limit, answers, Ending.TIMED_OUT, "ran longer than its time limit of " + Durations.text(limit));
    }

    /** Takes what is still in the pipes of a worker that has ended. */
    void drain() {
        try {
            while (worker.pump(lines, output) > 0) {
                while (lines.poll() != null) {
                    continue; // said after the result: nobody listens any more
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The last output of a hook could not be read", e);
        }
        lines.end();
    }

    private JsonNode next(
            Duration limit, Function<JsonNode, ObjectNode> answers, Ending onTimeout, String timeoutText)
            throws Broken {
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = SHORTEST_PAUSE_NANOS;
        while (true) {
            boolean alive = worker.isAlive();
            int taken = pump();
            JsonNode message = answering.isDone() ? message() : null;
            if (message != null) {
                if (!isQuestion(message)) {
                    return message;
                }
                JsonNode question = message;
                say(() -> HookJson.line(answers.apply(question)));
                pause = SHORTEST_PAUSE_NANOS;
            } else if (abortReason != null) {
                throw new Broken(Ending.ABORTED, "was aborted: " + abortReason);
            } else if (System.nanoTime() - deadline > 0) {
                throw new Broken(onTimeout, timeoutText);
            } else if (taken > 0) {
                pause = SHORTEST_PAUSE_NANOS;
            } else if (!alive) {
                throw new Broken(ready ? Ending.DIED : Ending.NOT_STARTED, obituary());
            } else {
                LockSupport.parkNanos(this, pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            }
        }
    }

    private int pump() throws Broken {
        try {
            return worker.pump(lines, output);
        } catch (IOException e) {
            throw new Broken(Ending.DIED, "broke off: its worker sent " + e.getMessage());
        }
    }

    private JsonNode message() throws Broken {
        byte[] line = lines.poll();
        if (line == null) {
            return null;
        }
        try {
            return HookJson.parse(line);
        } catch (IOException e) {
            throw new Broken(Ending.DIED, "broke off: a line of its worker was torn or is not JSON");
        }
    }

    private void say(Supplier<byte[]> line) {
        answering = CompletableFuture.runAsync(
                () -> {
                    try {
                        worker.say(line.get());
                    } catch (IOException e) {
                        // The worker does not read any more: its end, or the time limit, tells why.
                        LOGGER.log(Level.FINE, "A hook's worker took no answer", e);
                    }
                },
                threads);
        answering.whenComplete((done, error) -> wake());
    }

    private void wake() {
        LockSupport.unpark(leader);
    }

    private String obituary() {
        int code = worker.process().exitValue();
        String why = code == 3 ? ", out of memory" : code > 128 ? ", ended by signal " + (code - 128) : "";
        String said = ready ? "" : startup();
        return "ended with exit code " + code + why + (ready ? " before it returned a result" : " before it was ready")
                + said;
    }

    private String startup() {
        String text = worker.startupText();
        return text.isEmpty() ? "" : ". It said: " + text;
    }

    private static boolean isQuestion(JsonNode message) {
        return switch (message.path("op").asText()) {
            case "http", "read", "write", "end", "close" -> true;
            default -> false;
        };
    }
}
