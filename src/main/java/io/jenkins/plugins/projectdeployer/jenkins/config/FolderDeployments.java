package io.jenkins.plugins.projectdeployer.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What a folder says about the deployments of the jobs inside: where to at most, and which project unless they say. */
public final class FolderDeployments extends AbstractFolderProperty<AbstractFolder<?>> {

    private List<String> infrastructures;
    private String project;

    @DataBoundConstructor
    public FolderDeployments() {
    }

    /** Ids or patterns; empty: whatever the folders around this one allow. */
    public List<String> getInfrastructures() {
        return ConfigPart.shown(infrastructures);
    }

    @DataBoundSetter
    public void setInfrastructures(List<String> infrastructures) {
        this.infrastructures = ConfigPart.kept(infrastructures);
    }

    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    FolderRules.Rule rule(String folder) {
        return new FolderRules.Rule(folder, getInfrastructures(), project);
    }

    @Extension(optional = true)
    @Symbol("projectDeployments")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor implements OneALine {

        @Override
        public String getDisplayName() {
            return Messages.FolderDeployments_displayName();
        }

        /** The form has one infrastructure a line; a folder that says nothing keeps nothing. */
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 req, JSONObject form) throws FormException {
            form.put("infrastructures", OneALine.read(form.opt("infrastructures")));
            FolderDeployments typed = (FolderDeployments) super.newInstance(req, form);
            return typed.getInfrastructures().isEmpty() && typed.project == null ? null : typed;
        }

        @POST
        public ComboBoxModel doFillProjectItems(@AncestorInPath Item folder) {
            if (folder == null) {
                return new ComboBoxModel(List.of());
            }
            folder.checkPermission(Item.CONFIGURE);
            return Choices.projects();
        }

        @POST
        public FormValidation doCheckProject(@AncestorInPath Item folder, @QueryParameter String value) {
            if (folder == null) {
                return FormValidation.ok();
            }
            folder.checkPermission(Item.CONFIGURE);
            return FormCheck.key(value);
        }

        /** Tells whoever configures the folder which lines name nothing that they can see. */
        @POST
        public FormValidation doCheckInfrastructures(@AncestorInPath Item folder, @QueryParameter String value) {
            if (folder == null) {
                return FormValidation.ok();
            }
            folder.checkPermission(Item.CONFIGURE);
            try {
                List<String> seen = Visitor.current().infrastructures(ProjectDeployerConfiguration.get().configuration(), InfrastructureRight.READ)
                        .stream().map(Infrastructure::id).toList();
                return FormCheck.known(value, seen);
            } catch (Refused e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
