package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.model.Principal;
import org.kohsuke.stapler.DataBoundConstructor;

/** A {@link Principal} as it is configured. */
public final class PrincipalConfig extends PrincipalPart<PrincipalConfig> {

    @DataBoundConstructor
    public PrincipalConfig() {
    }

    Principal toModel() {
        return new Principal(getGroup(), getUser());
    }

    @Extension
    public static final class DescriptorImpl extends PrincipalDescriptor<PrincipalConfig> {
    }
}
