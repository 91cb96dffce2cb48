package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.Principal;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link Principal} as it is configured. */
public final class PrincipalConfig extends ConfigPart<PrincipalConfig> {

    private String group;
    private String user;

    @DataBoundConstructor
    public PrincipalConfig() {
    }

    public String getGroup() {
        return group;
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    Principal toModel() {
        return new Principal(group, user);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<PrincipalConfig> {
        @POST
        public FormValidation doCheckGroup(
                @AncestorInPath InfrastructurePage page, @QueryParameter String value, @QueryParameter String user) {
            InfrastructurePage.checkMayConfigure(page);
            return FormCheck.group(value, user);
        }

        @POST
        public FormValidation doCheckUser(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return FormCheck.user(value);
        }
    }
}
