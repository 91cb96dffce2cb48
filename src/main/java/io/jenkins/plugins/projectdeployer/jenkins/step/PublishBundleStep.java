package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code publishBundle project: 'CHURN', archive: 'churn-v12.zip'}, or {@code publishBundle project: 'CHURN', bundle: 'v12',
 * designNode: 'design'}: puts a bundle from the workspace or from a design node onto the controller without deploying it, so
 * that {@code deployProject} needs no workspace and holds no agent.
 */
public final class PublishBundleStep extends Step {

    private final String project;
    private String archive;
    private String designNode;
    private String bundle;
    private String releaseNotes;

    @DataBoundConstructor
    public PublishBundleStep(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PublishBundleExecution(context, project, bundle, archive, designNode, releaseNotes);
    }

    public String getProject() {
        return project;
    }

    public String getArchive() {
        return archive;
    }

    @DataBoundSetter
    public void setArchive(String archive) {
        this.archive = Util.fixEmptyAndTrim(archive);
    }

    public String getDesignNode() {
        return designNode;
    }

    @DataBoundSetter
    public void setDesignNode(String designNode) {
        this.designNode = Util.fixEmptyAndTrim(designNode);
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
    public static final class DescriptorImpl extends BundleStepDescriptor {

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
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("project") + " from " + arguments.getOrDefault("archive", arguments.get("designNode"));
        }
    }
}
