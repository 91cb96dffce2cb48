package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code publishBundle project: 'CHURN', bundle: 'v12', archive: 'churn-v12.zip'}: puts a bundle from the workspace onto
 * the controller without deploying it, so that {@code deployProject} needs no workspace and holds no agent.
 */
public final class PublishBundleStep extends Step {

    private final String project;
    private final String archive;
    private String bundle;
    private String releaseNotes;

    @DataBoundConstructor
    public PublishBundleStep(String project, String archive) {
        this.project = Util.fixEmptyAndTrim(project);
        this.archive = Util.fixEmptyAndTrim(archive);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PublishBundleExecution(context, project, bundle, archive, releaseNotes);
    }

    public String getProject() {
        return project;
    }

    public String getArchive() {
        return archive;
    }

    public String getBundle() {
        return bundle;
    }

    @DataBoundSetter
    public void setBundle(String bundle) {
        this.bundle = Util.fixEmptyAndTrim(bundle);
    }

    public String getReleaseNotes() {
        return releaseNotes;
    }

    @DataBoundSetter
    public void setReleaseNotes(String releaseNotes) {
        this.releaseNotes = Util.fixEmptyAndTrim(releaseNotes);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "publishBundle";
        }

        @Override
        public String getDisplayName() {
            return Messages.PublishBundleStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("project") + " from " + arguments.get("archive");
        }
    }
}
