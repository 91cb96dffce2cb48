package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.CodeEnvRight;
import io.jenkins.plugins.projectdeployer.model.Grant;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A grant on a code env as it is configured. */
public final class CodeEnvGrantConfig extends ConfigPart<CodeEnvGrantConfig> {

    private String group;
    private String user;
    private String right;

    @DataBoundConstructor
    public CodeEnvGrantConfig() {
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

    Grant<CodeEnvRight> toModel() {
        return new Grant<>(group, user, required(CodeEnvRight.class, "right", right));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<CodeEnvGrantConfig> {

        public ListBoxModel doFillRightItems() {
            return choices(CodeEnvRight.values());
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
