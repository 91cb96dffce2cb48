package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link Remap} as it is configured. */
public final class RemapConfig extends ConfigPart<RemapConfig> {

    private final String source;
    private final String target;

    @DataBoundConstructor
    public RemapConfig(String source, String target) {
        this.source = Util.fixEmptyAndTrim(source);
        this.target = Util.fixEmptyAndTrim(target);
    }

    public String getSource() {
        return source;
    }

    public String getTarget() {
        return target;
    }

    Remap toModel() {
        return new Remap(source, target);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RemapConfig> {
        @POST
        public FormValidation doCheckSource(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return FormValidation.validateRequired(value);
        }

        @POST
        public FormValidation doCheckTarget(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return FormValidation.validateRequired(value);
        }
    }
}
