package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
    public static final class DescriptorImpl extends Descriptor<HookSecretConfig> {
        @POST
        public FormValidation doCheckName(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return FormValidation.validateRequired(value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return SecretTexts.choices(credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value) {
            return SecretTexts.check(value);
        }
    }
}
