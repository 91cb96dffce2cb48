package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import org.kohsuke.stapler.DataBoundConstructor;

/** A grant on an infrastructure as it is configured. */
public final class InfrastructureGrantConfig extends GrantPart<InfrastructureGrantConfig, InfrastructureRight> {

    @DataBoundConstructor
    public InfrastructureGrantConfig() {
    }

    static InfrastructureGrantConfig of(Grant<InfrastructureRight> grant) {
        InfrastructureGrantConfig config = new InfrastructureGrantConfig();
        config.setGroup(grant.group());
        config.setUser(grant.user());
        config.setRight(grant.right().name());
        return config;
    }

    Grant<InfrastructureRight> toModel() {
        return grant(InfrastructureRight.class);
    }

    @Extension
    public static final class DescriptorImpl extends PrincipalDescriptor<InfrastructureGrantConfig> {

        public ListBoxModel doFillRightItems() {
            return choices(InfrastructureRight.values());
        }
    }
}
