package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link LoginMapping} as it is configured. */
public final class LoginMappingConfig extends ConfigPart<LoginMappingConfig> {

    private List<LoginConfig> table;
    private String pattern;

    @DataBoundConstructor
    public LoginMappingConfig() {
    }

    public List<LoginConfig> getTable() {
        return shown(table);
    }

    @DataBoundSetter
    public void setTable(List<LoginConfig> table) {
        this.table = kept(table);
    }

    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = Util.fixEmptyAndTrim(pattern);
    }

    LoginMapping toModel() {
        return new LoginMapping(models(table, LoginConfig::toModel), pattern);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<LoginMappingConfig> {
        @POST
        public FormValidation doCheckPattern(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            boolean told = Util.fixEmptyAndTrim(value) == null || value.contains("{user}");
            return told ? FormValidation.ok() : FormValidation.error(Messages.LoginMappingConfig_pattern());
        }
    }
}
