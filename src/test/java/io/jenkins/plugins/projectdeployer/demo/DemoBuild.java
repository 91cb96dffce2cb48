package io.jenkins.plugins.projectdeployer.demo;

import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** One build of the Jenkinsfile, started by somebody: its steps call the engine as the plugin's steps do in Jenkins. */
final class DemoBuild {

    private static final Set<UpdateStatus> GOOD = Set.of(UpdateStatus.SUCCESS, UpdateStatus.WARNING, UpdateStatus.PLANNED);
    private static final int MINUTES = 5;
    /** The one infrastructure whose plans are shown whole; of the others' only what the plan has to say. */
    private static final String SHOWN_WHOLE = "prod";
    private static final Pattern MESSAGE = Pattern.compile("(INFO|WARNING|ERROR)\\b.*");

    private final ProjectDeployer deployer;
    private final Path workspace;
    private final String userId;
    private final int number;
    private final Set<String> phasesOnly;
    private final DemoLog log;
    private final List<Update> updates = new ArrayList<>();

    /** @param phasesOnly infrastructures that were seen before: of their updates nothing but the phases is shown */
    DemoBuild(ProjectDeployer deployer, Path workspace, String userId, int number, Set<String> phasesOnly, DemoLog log) {
        this.deployer = deployer;
        this.workspace = workspace;
        this.userId = userId;
        this.number = number;
        this.phasesOnly = phasesOnly;
        this.log = log;
    }

    /**
     * Runs the Jenkinsfile to its end.
     *
     * @throws UpdateFailed when a deployment did not end well; the stages behind it are not run then
     */
    void run() {
        new DemoPipeline(workspace, log::stage)
                .textStep("sh", this::sh)
                .step("publishBundle", this::publishBundle)
                .step("deployProject", this::deployProject)
                .run("demo/Jenkinsfile");
    }

    /** The updates so far, in their order. */
    List<Update> updates() {
        return List.copyOf(updates);
    }

    /** Runs a command in the workspace, with the JDK's own commands on the path. */
    private void sh(String command) {
        log.line("$ " + command);
        ProcessBuilder process = new ProcessBuilder("sh", "-c", command).directory(workspace.toFile()).redirectErrorStream(true);
        process.environment().merge("PATH", Path.of(System.getProperty("java.home"), "bin").toString(),
                (path, jdk) -> jdk + File.pathSeparator + path);
        try {
            Process started = process.start();
            String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            output.lines().forEach(log::line);
            if (started.waitFor() != 0) {
                throw new IllegalStateException("script returned exit code " + started.exitValue() + ": " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Object publishBundle(Map<String, Object> parameters) {
        Path archive = workspace.resolve((String) parameters.get("archive"));
        try (InputStream in = Files.newInputStream(archive)) {
            Bundle bundle = deployer.publish(userId, (String) parameters.get("project"), (String) parameters.get("bundle"), in,
                    archive.getFileName().toString(), (String) parameters.get("releaseNotes"));
            log.line("publishBundle: " + bundle.projectKey() + " " + bundle.bundleId() + ", " + bundle.size() + " bytes, sha256 "
                    + bundle.sha256().substring(0, 12)
                    + (bundle.publishedBy().equals(userId) ? "" : ", the same file that " + bundle.publishedBy() + " published before"));
            return Map.of("project", bundle.projectKey(), "bundle", bundle.bundleId(), "sha256", bundle.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object deployProject(Map<String, Object> parameters) {
        DeployRequest request = DeployParameters.of(parameters)
                .request(userId, new DeployRequest.Origin("churn#" + number, "churn", "job/churn/" + number + "/"));
        deployer.submit(request);
        Progress progress = new Progress(request.infrastructure());
        deployer.follow(request.key(), progress);
        Update update = progress.end();
        updates.add(update);
        if (!GOOD.contains(update.status())) {
            throw new UpdateFailed(update);
        }
        return Map.of("status", update.status().name(), "update", update.number(), "bundle", update.bundleId());
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the demo was interrupted", e);
    }

    /** An update that did not end well, and so fails the build. */
    static final class UpdateFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Update update;

        private UpdateFailed(Update update) {
            super("update " + update.number() + " of " + update.request().project() + " on " + update.request().infrastructure() + " ended " + update.status() + ": "
                    + String.join(" ", update.messages().stream().map(Message::text).toList()));
            this.update = update;
        }

        Update update() {
            return update;
        }
    }

    /** Shows an update while it goes on: its phases as they begin, and what they say. */
    private final class Progress implements UpdateListener {

        private final CompletableFuture<Update> end = new CompletableFuture<>();
        private final String infrastructure;
        private Phase shown;

        private Progress(String infrastructure) {
            this.infrastructure = infrastructure;
        }

        @Override
        public synchronized void progress(String line) {
            if (phasesOnly.contains(infrastructure)) {
                return;
            }
            // What was said before this build could follow comes first, and may be the plan.
            boolean plan = shown == null || shown == Phase.PLAN;
            if (!plan || infrastructure.equals(SHOWN_WHOLE)) {
                log.line("  " + line);
            } else if (MESSAGE.matcher(line).matches()) {
                log.line("  " + line.replaceAll(" +", " "));
            }
        }

        @Override
        public synchronized void changed(Update update) {
            if (update.phase() != null && update.phase() != shown) {
                shown = update.phase();
                log.word("update " + update.number() + ":", shown.label());
            }
        }

        @Override
        public synchronized void ended(Update update) {
            log.word("update " + update.number() + ":", "= " + update.status());
            end.complete(update);
        }

        private Update end() {
            try {
                return end.get(MINUTES, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("an update did not end within " + MINUTES + " minutes", e);
            }
        }
    }
}
