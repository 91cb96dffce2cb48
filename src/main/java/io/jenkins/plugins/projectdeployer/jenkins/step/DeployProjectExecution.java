package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.FolderScope;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.page.BuildDeployments;
import io.jenkins.plugins.projectdeployer.jenkins.security.RequestingUser;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One running {@code deployProject}. It holds no thread while it waits: it knows a random key, by which it finds its
 * update again after a restart. The key is submitted only when it is safely on disk; the engine takes a key once and
 * answers as often as it is asked. Run and node ids would be no key: after a crash Pipeline deals them anew.
 */
final class DeployProjectExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final String key = UUID.randomUUID().toString();

    /** Path of the archive that is published first; null when there is none, or when it is published. */
    private String archive;

    /** The request as JSON, since a record cannot be saved with the program; null until {@link #start}. */
    private String request;

    private final transient DeployProjectStep step;

    /** Why this build no longer wants the update; null while it does. */
    private transient volatile Throwable stopped;

    private transient volatile AgentWork publishing;

    private transient volatile boolean resumed;

    DeployProjectExecution(StepContext context, DeployProjectStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        try {
            FolderRules folders = FolderScope.of(run.getParent());
            folders.check(step.getInfrastructure());
            request = Json.MAPPER.writeValueAsString(
                    step.request(key, requestedBy(run), origin(run), folders.project(step.getProject())));
        } catch (Refused e) {
            throw new AbortException(e.getMessage());
        }
        archive = step.getArchive();
        warnOfLosses();
        proceed();
        return false;
    }

    /** The request may or may not have arrived before Jenkins went down: it is submitted again, and taken once. */
    @Override
    public void onResume() {
        resumed = true;
        if (archive == null) {
            Computer.threadPoolForRemoting.execute(this::submit);
        } else {
            proceed();
        }
    }

    private void proceed() {
        if (archive == null) {
            getContext().saveState().addListener(this::submit, Computer.threadPoolForRemoting);
        } else {
            publishing = new AgentWork(getContext(), this::publish, this::fail).begin();
        }
    }

    /** Returns at once, as Pipeline's own thread asks; the update's end then ends the step. */
    @Override
    public void stop(Throwable cause) {
        stopped = cause;
        Computer.threadPoolForRemoting.execute(() -> abort(cause));
    }

    private void publish() throws IOException, InterruptedException {
        DeployRequest asked = Json.MAPPER.readValue(request, DeployRequest.class);
        Bundle published = new WorkspaceBundle(getContext(), archive)
                .publish(asked.requestedBy(), asked.project(), asked.bundle(), asked.releaseNotes());
        request = Json.MAPPER.writeValueAsString(asked.withBundle(published.bundleId()));
        archive = null;
        proceed();
    }

    /** A step that was stopped before deploys nothing: {@link #abort} finds no update and ends it. */
    private synchronized void submit() {
        if (stopped != null) {
            return;
        }
        try {
            Update update = Engine.get().submit(Json.MAPPER.readValue(request, DeployRequest.class));
            BuildDeployments.note(getContext().get(Run.class), update);
            CatchUp catchUp = resumed ? CatchUp.of(getContext()) : CatchUp.nothing();
            Engine.get().follow(key, new StepProgress(getContext(), this, catchUp));
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    /** Ends the step, unless it was stopped and {@link #abort} ends it. */
    private void fail(Exception reason) {
        if (stopped == null) {
            StepFailure.tell(getContext(), reason);
        }
    }

    private synchronized void abort(Throwable cause) {
        AgentWork upload = publishing;
        if (upload != null && upload.cancel()) {
            getContext().onFailure(cause);
            return;
        }
        try {
            Engine.get().abort(key, who(cause));
        } catch (Refused e) {
            // Not submitted yet, or no engine: nothing is under way that could be waited for.
            getContext().onFailure(cause);
        }
    }

    /** What the step fails with when the update was aborted: the build's own interruption where it was that. */
    Throwable interruption(String by) {
        Throwable own = stopped;
        return own != null ? own : new FlowInterruptedException(Result.ABORTED, true, new EndedElsewhere(by));
    }

    private static String who(Throwable cause) {
        if (cause instanceof FlowInterruptedException interrupted) {
            for (CauseOfInterruption each : interrupted.getCauses()) {
                if (each instanceof CauseOfInterruption.UserInterruption user) {
                    return user.getUserId();
                }
            }
        }
        return "the build";
    }

    private List<String> requestedBy(Run<?, ?> run) {
        Configuration configuration = ProjectDeployerConfiguration.get().configuration();
        List<String> allowedJobs =
                configuration.infrastructure(step.getInfrastructure()).map(Infrastructure::allowedJobs).orElse(List.of());
        return RequestingUser.of(run, Jenkins.getAuthentication2(), allowedJobs, configuration.technicalUser(run.getParent().getFullName()));
    }

    private static DeployRequest.Origin origin(Run<?, ?> run) {
        return new DeployRequest.Origin(run.getExternalizableId(), run.getParent().getFullName(), run.getUrl(),
                RequestingUser.startersOf(run.getCauses()));
    }

    /** With this durability a killed controller forgets the build; the update would end at its next boundary. */
    private void warnOfLosses() throws Exception {
        FlowExecution execution = getContext().get(FlowExecution.class);
        if (execution != null && !execution.getDurabilityHint().isPersistWithEveryStep()) {
            getContext().get(TaskListener.class).getLogger().println(Messages.DeployProjectExecution_notDurable());
        }
    }
}
