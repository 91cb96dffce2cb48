package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.CodeEnvRight;
import io.jenkins.plugins.projectdeployer.model.Grant;
import org.kohsuke.stapler.DataBoundConstructor;

/** A grant on a code env as it is configured. */
public final class CodeEnvGrantConfig extends GrantPart<CodeEnvGrantConfig, CodeEnvRight> {

    @DataBoundConstructor
    public CodeEnvGrantConfig() {
    }

    Grant<CodeEnvRight> toModel() {
        return grant(CodeEnvRight.class);
    }

    @Extension
    public static final class DescriptorImpl extends PrincipalDescriptor<CodeEnvGrantConfig> {

        public ListBoxModel doFillRightItems() {
            return choices(CodeEnvRight.values());
        }
    }
}
