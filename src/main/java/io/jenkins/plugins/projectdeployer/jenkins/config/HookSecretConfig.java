package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import org.kohsuke.stapler.DataBoundConstructor;

/** A {@link HookSecret} as it is configured. */
public final class HookSecretConfig extends ConfigPart<HookSecretConfig> {

    private final String name;
    private final String credentialsId;

    @DataBoundConstructor
    public HookSecretConfig(String name, String credentialsId) {
        this.name = Util.fixEmptyAndTrim(name);
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getName() {
        return name;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    HookSecret toModel() {
        return new HookSecret(name, credentialsId);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<HookSecretConfig> {}
}
