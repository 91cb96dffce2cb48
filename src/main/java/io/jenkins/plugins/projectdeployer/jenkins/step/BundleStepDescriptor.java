package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.Util;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.jenkins.config.Choices;
import io.jenkins.plugins.projectdeployer.jenkins.config.FormCheck;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import java.util.Arrays;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of both steps have in common. They tell nobody of anything that does not exist for them. */
public abstract class BundleStepDescriptor extends StepDescriptor {

    @POST
    public ComboBoxModel doFillProjectItems() {
        return Choices.projects();
    }

    @POST
    public ComboBoxModel doFillDesignNodeItems() {
        return Choices.designNodes();
    }

    /** The folder may name the project, and a project that is published for the first time is in no list. */
    @POST
    public FormValidation doCheckProject(@QueryParameter String value) {
        return FormCheck.key(value);
    }

    @POST
    public FormValidation doCheckArchive(@QueryParameter String value) {
        String archive = Util.fixNull(value).strip();
        boolean leaves = archive.startsWith("/") || Arrays.asList(archive.split("[/\\\\]")).contains("..");
        return leaves ? FormValidation.error(Messages.BundleStep_outside()) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckDesignNode(@QueryParameter String value) {
        return id(value);
    }

    static FormValidation id(String typed) {
        String id = Util.fixEmptyAndTrim(typed);
        String problem = id == null ? null : ConfigurationCheck.idProblem(id);
        return problem == null ? FormValidation.ok() : FormValidation.error(Messages.BundleStep_id(problem));
    }
}
