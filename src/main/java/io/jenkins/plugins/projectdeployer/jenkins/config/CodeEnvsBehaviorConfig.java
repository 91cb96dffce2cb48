package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior.ImportTimeMode;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior.SpecificationMode;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A {@link CodeEnvsBehavior} as it is configured. */
public final class CodeEnvsBehaviorConfig extends ConfigPart<CodeEnvsBehaviorConfig> {

    private String importTimeMode;
    private String envImportSpecificationMode;

    @DataBoundConstructor
    public CodeEnvsBehaviorConfig() {
    }

    public String getImportTimeMode() {
        return importTimeMode;
    }

    @DataBoundSetter
    public void setImportTimeMode(String importTimeMode) {
        this.importTimeMode = Util.fixEmptyAndTrim(importTimeMode);
    }

    public String getEnvImportSpecificationMode() {
        return envImportSpecificationMode;
    }

    @DataBoundSetter
    public void setEnvImportSpecificationMode(String envImportSpecificationMode) {
        this.envImportSpecificationMode = Util.fixEmptyAndTrim(envImportSpecificationMode);
    }

    CodeEnvsBehavior toModel() {
        return new CodeEnvsBehavior(
                named(ImportTimeMode.class, "importTimeMode", importTimeMode),
                named(SpecificationMode.class, "envImportSpecificationMode", envImportSpecificationMode));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<CodeEnvsBehaviorConfig> {

        public ListBoxModel doFillImportTimeModeItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.CodeEnvsBehavior_install(), ImportTimeMode.INSTALL_IF_MISS.name()),
                    new ListBoxModel.Option(Messages.CodeEnvsBehavior_fail(), ImportTimeMode.FAIL_IF_MISS.name()),
                    new ListBoxModel.Option(Messages.CodeEnvsBehavior_nothing(), ImportTimeMode.DO_NOTHING.name()));
        }

        public ListBoxModel doFillEnvImportSpecificationModeItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.CodeEnvsBehavior_specified(), SpecificationMode.SPECIFIED.name()),
                    new ListBoxModel.Option(Messages.CodeEnvsBehavior_actual(), SpecificationMode.ACTUAL.name()));
        }
    }
}
