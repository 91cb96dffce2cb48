package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.projectdeployer.deployment.UpdateListener;
import io.jenkins.plugins.projectdeployer.jenkins.config.NodeKeys;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** Tells one step of its update: lines into the build log, a pause while it waits, and at last its end. */
final class StepProgress implements UpdateListener {

    private static final Logger LOGGER = Logger.getLogger(StepProgress.class.getName());

    private final StepContext context;
    private final DeployProjectExecution execution;
    private final CatchUp catchUp;
    private TaskListener log;
    private boolean told;

    /** @param catchUp what is in the build log already */
    StepProgress(StepContext context, DeployProjectExecution execution, CatchUp catchUp) {
        this.context = context;
        this.execution = execution;
        this.catchUp = catchUp;
    }

    @Override
    public synchronized void progress(String line) {
        if (catchUp.isNew(line)) {
            print(line);
        }
    }

    private void print(String line) {
        try {
            if (log == null) {
                log = context.get(TaskListener.class);
            }
            log.getLogger().println(line);
        } catch (IOException e) {
            // The build is gone; the update's own record has the line.
            LOGGER.log(Level.FINE, "No build log to write to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An update that has only just been taken is no wait: nobody has looked at it yet. */
    @Override
    public synchronized void changed(Update update) {
        UpdateStatus status = update.status();
        boolean waits = status == UpdateStatus.WAITING || status == UpdateStatus.QUEUED && update.phase() != null;
        if (!told && !status.ended()) {
            catchUp.missing(update).forEach(this::print);
        }
        told = true;
        try {
            FlowNode node = context.get(FlowNode.class);
            WaitingPlace place = waits ? WaitingPlace.of(update, context.get(Run.class)) : null;
            String cause = waits ? Messages.StepProgress_waiting(String.valueOf(update.number()), place.address()) : null;
            // One that was there when Jenkins stopped goes on.
            if (PauseAction.isPaused(node) && !PauseAction.getCurrentPause(node).getCause().equals(cause)) {
                PauseAction.endCurrentPause(node);
            }
            if (waits && !PauseAction.isPaused(node)) {
                node.addAction(new PauseAction(cause));
                if (status == UpdateStatus.QUEUED && !catchUp.has(Messages.StepProgress_queued(String.valueOf(update.number()), place.address()))) {
                    progress(Messages.StepProgress_queued(String.valueOf(update.number()), place.link()));
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No build to show as paused", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reading what a design node has made takes long, and the engine does not wait for it. */
    @Override
    public void ended(Update update) {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                end(update);
            } catch (RuntimeException e) {
                StepFailure.tell(context, e);
            }
        });
    }

    /** Everything is printed before the step is completed: lines that come after are lost. */
    private synchronized void end(Update update) {
        changed(update);
        track(update);
        fingerprint(update);
        DeploymentReport report = DeploymentReport.of(update);
        catchUp.missing(update).forEach(this::print);
        print(report.toString());
        switch (update.status()) {
            case SUCCESS, WARNING, PLANNED -> context.onSuccess(report);
            case ABORTED -> context.onFailure(execution.interruption(update.abortAskedBy()));
            default -> context.onFailure(new AbortException(reason(update)));
        }
    }

    private void track(Update update) {
        if (update.plan() == null) {
            return;
        }
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            NodeKeys.track(context.get(Run.class), update.plan().infrastructure().nodes());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No build to record the use of keys for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An archive of a workspace has its fingerprint from when it travelled. */
    private void fingerprint(Update update) {
        if (update.request().designNode() != null && update.bundleId() != null) {
            BundleFingerprint.noteKept(context, update.request().project(), update.bundleId());
        }
    }

    private static String reason(Update update) {
        List<String> errors = update.messages().stream()
                .filter(message -> message.severity() == Message.Severity.ERROR)
                .map(Message::text)
                .toList();
        return switch (errors.size()) {
            case 0 -> Messages.StepProgress_failed(String.valueOf(update.number()), update.status());
            case 1 -> errors.get(0);
            default -> Messages.StepProgress_more(errors.get(0), errors.size() - 1);
        };
    }
}
