package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A line of the login table as it is configured. */
public final class LoginConfig extends ConfigPart<LoginConfig> {

    private final String user;
    private final String login;

    @DataBoundConstructor
    public LoginConfig(String user, String login) {
        this.user = Util.fixEmptyAndTrim(user);
        this.login = Util.fixEmptyAndTrim(login);
    }

    public String getUser() {
        return user;
    }

    public String getLogin() {
        return login;
    }

    LoginMapping.Entry toModel() {
        return new LoginMapping.Entry(user, login);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<LoginConfig> {
        @POST
        public FormValidation doCheckUser(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return Util.fixEmptyAndTrim(value) == null ? FormValidation.validateRequired(value) : FormCheck.user(value);
        }

        @POST
        public FormValidation doCheckLogin(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return FormValidation.validateRequired(value);
        }
    }
}
