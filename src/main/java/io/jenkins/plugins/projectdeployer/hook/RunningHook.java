package io.jenkins.plugins.projectdeployer.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.hook.HookOutcome.Ending;
import io.jenkins.plugins.projectdeployer.hook.WorkerSession.Broken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** One run of one hook, from the queue to the outcome. */
final class RunningHook implements HookExecution {
    private final HookRun run;
    private final Runnable onStart;
    private final HookWorkers workers;
    private final HookApproval approval;
    private final Executor threads;
    private final Clock clock;
    private final SecretMask mask;
    private final CompletableFuture<HookOutcome> outcome = new CompletableFuture<>();
    private CompletableFuture<HookLease> waiting;
    private WorkerSession session;
    private String abortReason;

    RunningHook(
            HookRun run, Runnable onStart, HookWorkers workers, HookApproval approval, Executor threads, Clock clock) {
        this.run = run;
        this.onStart = onStart;
        this.workers = workers;
        this.approval = approval;
        this.threads = threads;
        this.clock = clock;
        this.mask = new SecretMask(run.secrets().values());
    }

    @Override
    public CompletableFuture<HookOutcome> outcome() {
        return outcome.copy();
    }

    void begin(CompletableFuture<HookLease> slot) {
        synchronized (this) {
            waiting = slot;
        }
        slot.whenCompleteAsync(
                (lease, error) -> {
                    if (lease != null) {
                        hold(lease);
                    } else if (slot.isCancelled()) {
                        outcome.complete(neverStarted(Ending.ABORTED, "was aborted while it waited: " + reason()));
                    } else {
                        outcome.completeExceptionally(
                                error instanceof CompletionException ? error.getCause() : error);
                    }
                },
                threads);
    }

    @Override
    public void abort(String reason) {
        CompletableFuture<HookLease> slot;
        synchronized (this) {
            if (abortReason != null) {
                return;
            }
            abortReason = reason;
            slot = waiting;
            if (session != null) {
                session.abort(reason);
            }
        }
        slot.cancel(false);
    }

    private synchronized String reason() {
        return abortReason;
    }

    private synchronized void attach(WorkerSession session) {
        this.session = session;
        if (abortReason != null) {
            session.abort(abortReason);
        }
    }

    private void hold(HookLease lease) {
        try {
            approval.check(run.text());
            if (reason() != null) {
                lease.close();
                outcome.complete(neverStarted(Ending.ABORTED, "was aborted before it started: " + reason()));
            } else {
                conduct(lease);
            }
        } catch (HookNotApproved | RuntimeException | Error e) {
            lease.close();
            outcome.completeExceptionally(e);
        }
    }

    private void conduct(HookLease lease) {
        Instant start = clock.instant();
        HookOutput output = new HookOutput(mask.longest());
        HookPipe pipe = new HookPipe(run.automation(), run.deployer(), threads, mask);
        try {
            Result result;
            try {
                haveReady(output);
                onStart.run();
                result = talk(pipe);
            } catch (Broken e) {
                result = new Result(HookStatus.ERROR, e.ending(), sentence(e.getMessage()), "");
            }
            finish(lease, pipe, output, result, start);
        } catch (IOException e) {
            lease.close();
            outcome.complete(neverStarted(
                    Ending.NOT_STARTED,
                    "could not be started with the " + run.text().engine().label() + ": " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            pipe.cancel();
            if (session != null) {
                retire(session.worker());
            }
            throw e;
        }
    }

    private void haveReady(HookOutput output) throws IOException, Broken {
        Duration limit = workers.settings().startLimit();
        HookWorker spare = workers.takeSpare(run.text().engine());
        if (spare != null) {
            attach(new WorkerSession(spare, output, threads));
            try {
                session.awaitReady(limit);
                return;
            } catch (Broken e) {
                if (e.ending() != Ending.NOT_STARTED || spare.isAlive()) {
                    throw e;
                }
                // It had died while it stood there. None of the hook's code has run, so another may.
                retire(spare);
            }
        }
        attach(new WorkerSession(workers.start(run.text().engine()), output, threads));
        session.awaitReady(limit);
    }

    private Result talk(HookPipe pipe) throws Broken {
        JsonNode answer = session.converse(job(), run.timeLimit(), pipe::answer);
        session.worker().dismiss();
        HookStatus status;
        try {
            status = HookStatus.valueOf(answer.path("status").asText());
        } catch (IllegalArgumentException e) {
            return new Result(
                    HookStatus.ERROR, Ending.DIED, sentence("broke off: its worker sent no result"), "");
        }
        boolean failed = answer.path("failed").asBoolean();
        return new Result(
                status,
                failed ? Ending.FAILED : Ending.RETURNED,
                answer.path("message").asText(""),
                answer.path("traceback").asText(""));
    }

    private void finish(HookLease lease, HookPipe pipe, HookOutput output, Result result, Instant start) {
        HookWorker worker = session.worker();
        boolean gone = worker.end();
        pipe.cancel();
        session.drain();
        List<String> killed = worker.killed();
        HookStatus status = result.status;
        List<String> message = new ArrayList<>(List.of(result.message));
        if (!killed.isEmpty() && status == HookStatus.SUCCESS) {
            status = HookStatus.WARNING;
            message.add("The hook left processes running, which were ended: " + String.join(", ", killed) + ".");
        }
        if (gone) {
            worker.cleanUp();
            lease.close();
        } else {
            status = HookStatus.ERROR;
            message.add("Its process " + worker.pid()
                    + " does not end and keeps the slot; end it by hand (a launcher prefix may be why).");
            worker.process().onExit().thenRun(() -> {
                worker.cleanUp();
                lease.close();
            });
        }
        outcome.complete(new HookOutcome(
                status,
                result.ending,
                mask.mask(String.join(" ", message.stream().filter(m -> !m.isEmpty()).toList())),
                mask.mask(result.traceback),
                output.text(mask),
                output.leftOut(),
                pipe.calls(),
                pipe.callsLeftOut(),
                killed,
                start,
                Duration.between(start, clock.instant())));
    }

    private static void retire(HookWorker worker) {
        worker.end();
        worker.cleanUp();
    }

    private ObjectNode job() {
        ObjectNode job = HookJson.object()
                .put("op", "run")
                .put("name", run.text().name())
                .put("source", run.text().source())
                .put("limit", run.timeLimit().toSeconds() + 1);
        HookArguments arguments = run.arguments();
        ObjectNode args = job.putObject("args")
                .put("requesting_user", arguments.requestingUser())
                .put("deployment_id", arguments.deploymentId())
                .put("deploying_user", arguments.deployingUser())
                .put("deployed_project_key", arguments.deployedProjectKey());
        if (arguments.report() == null) {
            args.putNull("deployment_report");
        } else {
            ObjectNode report = args.putObject("deployment_report");
            report.put("status", arguments.report().status().name());
            arguments.report().messages().forEach(report.putArray("messages")::add);
        }
        ObjectNode secrets = job.putObject("secrets");
        run.secrets().forEach(secrets::put);
        return job;
    }

    private HookOutcome neverStarted(Ending ending, String what) {
        Instant now = clock.instant();
        return new HookOutcome(
                HookStatus.ERROR, ending, sentence(what), "", "", 0, List.of(), 0, List.of(), now, Duration.ZERO);
    }

    private String sentence(String what) {
        return "The " + run.text().phase().label() + " hook " + run.text().name() + " " + what + ".";
    }

    private record Result(HookStatus status, Ending ending, String message, String traceback) {}
}
