package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link ProjectRule} as it is configured. */
public final class ProjectRuleConfig extends ConfigPart<ProjectRuleConfig> {

    private final String pattern;
    private List<ProjectGrantConfig> grants;
    private List<PrincipalConfig> creators;

    @DataBoundConstructor
    public ProjectRuleConfig(String pattern) {
        this.pattern = Util.fixEmptyAndTrim(pattern);
    }

    public String getPattern() {
        return pattern;
    }

    public List<ProjectGrantConfig> getGrants() {
        return shown(grants);
    }

    @DataBoundSetter
    public void setGrants(List<ProjectGrantConfig> grants) {
        this.grants = kept(grants);
    }

    public List<PrincipalConfig> getCreators() {
        return shown(creators);
    }

    @DataBoundSetter
    public void setCreators(List<PrincipalConfig> creators) {
        this.creators = kept(creators);
    }

    ProjectRule toModel() {
        return within("projects", pattern, () -> new ProjectRule(
                pattern, models(grants, ProjectGrantConfig::toModel), models(creators, PrincipalConfig::toModel)));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ProjectRuleConfig> {

        @POST
        public FormValidation doCheckPattern(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return FormValidation.validateRequired(value);
        }
    }
}
