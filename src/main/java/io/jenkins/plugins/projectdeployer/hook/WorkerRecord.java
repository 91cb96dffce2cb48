package io.jenkins.plugins.projectdeployer.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept on disk of a running worker, so that the next start of the controller can end what a dead one left.
 *
 * @param file where it stands
 * @param cookie in the environment of all of the worker's processes
 * @param home the worker's own directory
 * @param worker the process
 * @param controller the process that started it
 * @param incarnation tells two lives of one process id apart: a restart in place keeps id and start time
 */
record WorkerRecord(Path file, String cookie, Path home, Process worker, Process controller, String incarnation) {

    /** This life of the controller. */
    static final String INCARNATION = UUID.randomUUID().toString();

    static final String SUFFIX = ".worker.json";

    /** A process by id and start time: ids alone are used again. */
    record Process(long pid, Instant started) {
        static Process of(ProcessHandle handle) {
            return new Process(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
        }

        /** The process when it is still the same one. */
        Optional<ProcessHandle> running() {
            return ProcessHandle.of(pid).filter(h -> of(h).started.equals(started));
        }
    }

    /** Whether a living controller, this one or another on the same directory, still looks after the worker. */
    boolean isLookedAfter() {
        if (controller.pid() == ProcessHandle.current().pid()) {
            return incarnation.equals(INCARNATION);
        }
        return controller.running().isPresent();
    }

    void write() throws IOException {
        ObjectNode node = HookJson.object().put("cookie", cookie);
        node.put("pid", worker.pid()).put("started", worker.started().toString());
        node.put("controllerPid", controller.pid()).put("controllerStarted", controller.started().toString());
        node.put("incarnation", incarnation);
        Files.write(file, HookJson.line(node));
    }

    static WorkerRecord read(Path file) throws IOException {
        JsonNode node = HookJson.parse(Files.readAllBytes(file));
        String cookie = node.path("cookie").asText();
        if (!cookie.matches("[0-9a-f]{32}")) {
            throw new IOException("cookie is " + cookie + " in " + file + ", which no worker is given");
        }
        try {
            return new WorkerRecord(
                    file,
                    cookie,
                    file.resolveSibling(cookie),
                    new Process(node.path("pid").asLong(), Instant.parse(node.path("started").asText())),
                    new Process(
                            node.path("controllerPid").asLong(),
                            Instant.parse(node.path("controllerStarted").asText())),
                    node.path("incarnation").asText());
        } catch (DateTimeParseException e) {
            throw new IOException("No worker's record: " + file, e);
        }
    }
}
