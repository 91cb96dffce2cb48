package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.projectdeployer.jenkins.config.FolderScope;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.RequestingUser;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One running {@code publishBundle}. After a restart it begins again: the same archive may be published twice. */
final class PublishBundleExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private String project;
    private final String bundle;
    private final String archive;
    private final String releaseNotes;
    private final ArrayList<String> requestedBy = new ArrayList<>();

    private transient volatile Future<?> publishing;

    PublishBundleExecution(StepContext context, String project, String bundle, String archive, String releaseNotes) {
        super(context);
        this.project = project;
        this.bundle = bundle;
        this.archive = archive;
        this.releaseNotes = releaseNotes;
    }

    @Override
    public boolean start() throws Exception {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            requestedBy.addAll(RequestingUser.of(run, Jenkins.getAuthentication2(), List.of(), ProjectDeployerConfiguration.get()
                    .configuration().technicalUser(run.getParent().getFullName())));
            project = FolderScope.of(run.getParent()).project(project);
        } catch (Refused e) {
            throw new AbortException(e.getMessage());
        }
        onResume();
        return false;
    }

    @Override
    public void onResume() {
        publishing = Computer.threadPoolForRemoting.submit(this::publish);
    }

    @Override
    public void stop(Throwable cause) {
        publishing.cancel(true);
        getContext().onFailure(cause);
    }

    private void publish() {
        StepContext context = getContext();
        try {
            Bundle published = new WorkspaceBundle(context, archive).publish(requestedBy, project, bundle, releaseNotes);
            context.get(TaskListener.class).getLogger().println(Messages.PublishBundleExecution_published(
                    published.projectKey(), published.bundleId(), String.valueOf(published.size()), published.sha256()));
            context.onSuccess(published.bundleId());
        } catch (Refused e) {
            context.onFailure(new AbortException(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.onFailure(e);
        } catch (java.io.IOException | RuntimeException e) {
            context.onFailure(e);
        }
    }
}
