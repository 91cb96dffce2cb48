package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A grant on an infrastructure as it is configured. */
public final class InfrastructureGrantConfig extends ConfigPart<InfrastructureGrantConfig> {

    private String group;
    private String user;
    private String right;

    @DataBoundConstructor
    public InfrastructureGrantConfig() {
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

    static InfrastructureGrantConfig of(Grant<InfrastructureRight> grant) {
        InfrastructureGrantConfig config = new InfrastructureGrantConfig();
        config.group = grant.group();
        config.user = grant.user();
        config.right = grant.right().name();
        return config;
    }

    Grant<InfrastructureRight> toModel() {
        return new Grant<>(group, user, required(InfrastructureRight.class, "right", right));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<InfrastructureGrantConfig> {

        public ListBoxModel doFillRightItems() {
            return choices(InfrastructureRight.values());
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
