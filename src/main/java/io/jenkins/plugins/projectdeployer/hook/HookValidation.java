package io.jenkins.plugins.projectdeployer.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.hook.WorkerSession.Broken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Compiles a hook in the engine that would run it (Dataiku: the Validate button, A5.17). */
public final class HookValidation {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * What is wrong with a hook's text.
     *
     * @param line counted from 1 in the author's text; 0 when no line is to blame
     * @param message one sentence
     */
    public record Problem(int line, String message) {}

    private final HookWorkers workers;
    private final Executor threads;

    HookValidation(HookWorkers workers, Executor threads) {
        this.workers = workers;
        this.threads = threads;
    }

    Optional<Problem> check(HookText text) {
        HookWorker worker;
        try {
            worker = workers.start(text.engine());
        } catch (IOException e) {
            return Optional.of(new Problem(0, "The " + text.engine().label() + " cannot be started: " + e.getMessage()));
        }
        SecretMask nothing = new SecretMask(List.of());
        try {
            HookOutput output = new HookOutput(nothing.longest());
            WorkerSession session = new WorkerSession(worker, output, threads);
            session.awaitReady(workers.settings().startLimit());
            ObjectNode job = HookJson.object()
                    .put("op", "check")
                    .put("name", text.name())
                    .put("source", text.source());
            JsonNode result = session.converse(job, LIMIT, question -> HookJson.object());
            String message = result.path("message").asText("");
            return result.path("message").isNull() || message.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Problem(result.path("line").asInt(0), message));
        } catch (Broken e) {
            return Optional.of(new Problem(0, "The hook could not be checked; its worker " + e.getMessage()));
        } finally {
            worker.end();
            worker.cleanUp();
        }
    }
}
