package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.CodeEnvRight;
import io.jenkins.plugins.projectdeployer.model.Grant;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

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
    }
}
