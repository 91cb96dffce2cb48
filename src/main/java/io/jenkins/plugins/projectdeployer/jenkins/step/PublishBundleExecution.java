package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.FolderScope;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.RequestingUser;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /** Milliseconds since the epoch. */
    private final long began = System.currentTimeMillis();

    private transient volatile AgentWork publishing;

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
            throw new AbortException(Messages.BundleStep_source());
        }
        if (designNode != null && bundle == null) {
            throw new AbortException(Messages.PublishBundleExecution_bundle());
        }
        try {
            Run<?, ?> run = getContext().get(Run.class);
            requestedBy.addAll(RequestingUser.ofPublication(run, Jenkins.getAuthentication2(), ProjectDeployerConfiguration.get()
                    .configuration().technicalUser(run.getParent().getFullName())));
            project = FolderScope.of(run.getParent()).project(project);
            if (project == null) {
                throw new AbortException(Messages.PublishBundleExecution_project());
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
        publishing = new AgentWork(getContext(), this::publish, reason -> StepFailure.tell(getContext(), reason)).begin();
    }

    @Override
    public void stop(Throwable cause) {
        cancellation.cancel();
        publishing.cancel();
        getContext().onFailure(cause);
    }

    private void publish() throws Exception {
        StepContext context = getContext();
        Bundle published = designNode == null
                ? new WorkspaceBundle(context, archive).publish(requestedBy, project, bundle, releaseNotes)
                : exported();
        context.get(TaskListener.class).getLogger().println(said(published));
        context.onSuccess(published.bundleId());
    }

    /** Whoever publishes a bundle that is there already, the same to the byte, has not published it. */
    private String said(Bundle published) {
        String bundle = Ids.printable(published.bundleId());
        return published.publishedAt().isBefore(Instant.ofEpochMilli(began))
                ? Messages.PublishBundleExecution_there(published.projectKey(), bundle, Ids.printable(published.publishedBy()),
                        Moment.words(published.publishedAt()))
                : Messages.PublishBundleExecution_published(
                        published.projectKey(), bundle, String.valueOf(published.size()), published.sha256());
    }

    private Bundle exported() throws NodeException, IOException, InterruptedException {
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        Bundle exported = Engine.get().designExport().publish(
                WorkspaceBundle.onlyOne(requestedBy), project, bundle, designNode, releaseNotes, cancellation, log::println);
        BundleFingerprint.noteKept(getContext(), exported.projectKey(), exported.bundleId());
        return exported;
    }
}
