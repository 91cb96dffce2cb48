package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.GateWebhook;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link GateWebhook} as it is configured. */
public final class GateWebhookConfig extends ConfigPart<GateWebhookConfig> {

    private final String url;
    private final String credentialsId;

    @DataBoundConstructor
    public GateWebhookConfig(String url, String credentialsId) {
        this.url = Util.fixEmptyAndTrim(url);
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    GateWebhook toModel() {
        return new GateWebhook(url, credentialsId);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<GateWebhookConfig> {

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            String url = Util.fixEmptyAndTrim(value);
            return url == null ? FormValidation.validateRequired(value)
                    : answer(Messages.Field_address(), ConfigurationCheck.externalUrlProblem(url.replaceFirst("[?].*", "")));
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
