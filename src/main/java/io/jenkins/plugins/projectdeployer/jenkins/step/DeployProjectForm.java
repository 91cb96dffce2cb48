package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.Util;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.jenkins.config.Choices;
import io.jenkins.plugins.projectdeployer.jenkins.config.FormCheck;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The checks and choices of {@link DeployProjectStep}'s form, and its tables as they are typed. */
public abstract class DeployProjectForm extends BundleStepDescriptor {

    @POST
    public ComboBoxModel doFillInfrastructureItems() {
        return Choices.infrastructures();
    }

    @POST
    public ComboBoxModel doFillBundleItems(@QueryParameter String project) {
        return Choices.bundles(project);
    }

    @POST
    public FormValidation doCheckInfrastructure(@QueryParameter String value) {
        String id = Util.fixEmptyAndTrim(value);
        if (id == null) {
            return FormValidation.validateRequired(value);
        }
        try {
            return Visitor.current().infrastructure(ProjectDeployerConfiguration.get().configuration(), id, InfrastructureRight.READ).isPresent()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.DeployProjectStep_unseen(Ids.printable(id)));
        } catch (Refused e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckDeploymentId(@QueryParameter String value) {
        return id(value);
    }

    @POST
    public FormValidation doCheckTargetProject(@QueryParameter String value) {
        return FormCheck.key(value);
    }

    @POST
    public FormValidation doCheckConnections(@QueryParameter String value) {
        return TypedTable.check(value);
    }

    @POST
    public FormValidation doCheckCodeEnvs(@QueryParameter String value) {
        return TypedTable.check(value);
    }

    @POST
    public FormValidation doCheckContainerExecs(@QueryParameter String value) {
        return TypedTable.check(value);
    }

    @POST
    public FormValidation doCheckVariables(@QueryParameter String value) {
        return TypedTable.check(value);
    }

    @POST
    public FormValidation doCheckScenarios(@QueryParameter String value) {
        return TypedTable.checkSwitches(value);
    }

    /** A table as the form shows it. */
    @Restricted(DoNotUse.class) // config.jelly
    public String typed(Map<?, ?> table) {
        return TypedTable.write(table);
    }

    /** A list of names as the form shows it. */
    @Restricted(DoNotUse.class) // config.jelly
    public String typedNames(List<String> names) {
        return TypedTable.write(names);
    }

    public ListBoxModel doFillDisableAutomaticTriggersItems() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.DeployProjectStep_leave(), ""),
                new ListBoxModel.Option(Messages.DeployProjectStep_off(), "true"),
                new ListBoxModel.Option(Messages.DeployProjectStep_on(), "false"));
    }

    public ListBoxModel doFillOnFailureItems() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.DeployProjectStep_own(), ""),
                new ListBoxModel.Option(Messages.DeployProjectStep_stop(), "stop"),
                new ListBoxModel.Option(Messages.DeployProjectStep_rollback(), "rollback"));
    }
}
