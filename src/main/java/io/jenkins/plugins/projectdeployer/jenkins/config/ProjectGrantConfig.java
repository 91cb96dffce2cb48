package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A grant on published projects as it is configured. */
public final class ProjectGrantConfig extends ConfigPart<ProjectGrantConfig> {

    private String group;
    private String user;
    private String right;

    @DataBoundConstructor
    public ProjectGrantConfig() {
    }

    public String getGroup() {
        return group;
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    public String getRight() {
        return right;
    }

    @DataBoundSetter
    public void setRight(String right) {
        this.right = Util.fixEmptyAndTrim(right);
    }

    Grant<ProjectRight> toModel() {
        return new Grant<>(group, user, required(ProjectRight.class, "right", right));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ProjectGrantConfig> {

        public ListBoxModel doFillRightItems() {
            return choices(ProjectRight.values());
        }

        @POST
        public FormValidation doCheckGroup(
                @AncestorInPath InfrastructurePage page, @QueryParameter String value, @QueryParameter String user) {
            InfrastructurePage.checkMayConfigure(page);
            return FormCheck.group(value, user);
        }

        @POST
        public FormValidation doCheckUser(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return FormCheck.user(value);
        }
    }
}
