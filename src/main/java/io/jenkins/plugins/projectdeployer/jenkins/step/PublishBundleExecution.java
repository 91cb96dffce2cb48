package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.FolderScope;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.RequestingUser;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.io.IOException;
import java.io.PrintStream;
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
    private final String designNode;
    private final String releaseNotes;
    private final ArrayList<String> requestedBy = new ArrayList<>();

    private transient volatile Future<?> publishing;

    private transient volatile Cancellation cancellation;

    PublishBundleExecution(
            StepContext context, String project, String bundle, String archive, String designNode, String releaseNotes) {
        super(context);
        this.project = project;
        this.bundle = bundle;
        this.archive = archive;
        this.designNode = designNode;
        this.releaseNotes = releaseNotes;
    }

    @Override
    public boolean start() throws Exception {
        if ((archive == null) == (designNode == null)) {
            throw new AbortException(Messages.PublishBundleExecution_source());
        }
        if (designNode != null && bundle == null) {
            throw new AbortException(Messages.PublishBundleExecution_bundle());
        }
        try {
            Run<?, ?> run = getContext().get(Run.class);
            requestedBy.addAll(RequestingUser.of(run, Jenkins.getAuthentication2(), List.of(), ProjectDeployerConfiguration.get()
                    .configuration().technicalUser(run.getParent().getFullName())));
            project = FolderScope.of(run.getParent()).project(project);
            if (project == null) {
                throw Refused.invalid("project is missing: name the published project that the bundle is of.");
            }
        } catch (Refused e) {
            throw new AbortException(e.getMessage());
        }
        onResume();
        return false;
    }

    @Override
    public void onResume() {
        cancellation = new Cancellation();
        publishing = Computer.threadPoolForRemoting.submit(this::publish);
    }

    @Override
    public void stop(Throwable cause) {
        cancellation.cancel();
        publishing.cancel(true);
        getContext().onFailure(cause);
    }

    private void publish() {
        StepContext context = getContext();
        try {
            Bundle published = designNode == null
                    ? new WorkspaceBundle(context, archive).publish(requestedBy, project, bundle, releaseNotes)
                    : exported();
            context.get(TaskListener.class).getLogger().println(Messages.PublishBundleExecution_published(
                    published.projectKey(), published.bundleId(), String.valueOf(published.size()), published.sha256()));
            context.onSuccess(published.bundleId());
        } catch (Refused | NodeException e) {
            context.onFailure(new AbortException(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.onFailure(e);
        } catch (IOException | RuntimeException e) {
            context.onFailure(e);
        }
    }

    private Bundle exported() throws NodeException, IOException, InterruptedException {
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        return Engine.get().designExport().publish(WorkspaceBundle.onlyOne(requestedBy), project, bundle, designNode, releaseNotes,
                cancellation, log::println);
    }
}
