package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.Stage;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link Stage} as it is configured. */
public final class StageConfig extends ConfigPart<StageConfig> {

    private final String name;
    private String description;
    private StageGateConfig gate;

    @DataBoundConstructor
    public StageConfig(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getName() {
        return name;
    }

    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    public StageGateConfig getGate() {
        return gate;
    }

    @DataBoundSetter
    public void setGate(StageGateConfig gate) {
        this.gate = gate;
    }

    Stage toModel() {
        return within("stage", name, () -> new Stage(name, description, model(gate, StageGateConfig::toModel)));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<StageConfig> {

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return FormValidation.validateRequired(value);
        }
    }
}
