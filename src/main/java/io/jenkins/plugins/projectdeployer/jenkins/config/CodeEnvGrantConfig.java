package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import org.kohsuke.stapler.DataBoundConstructor;

/** A grant on a code env as it is configured. */
public final class CodeEnvGrantConfig extends GrantPart<CodeEnvGrantConfig, ResourceRight> {

    @DataBoundConstructor
    public CodeEnvGrantConfig() {
    }

    Grant<ResourceRight> toModel() {
        return grant(ResourceRight.class);
    }

    @Extension
    public static final class DescriptorImpl extends PrincipalDescriptor<CodeEnvGrantConfig> {

        public ListBoxModel doFillRightItems() {
            return choices(ResourceRight.values());
        }
    }
}
