package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import org.kohsuke.stapler.DataBoundConstructor;

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
    public static final class DescriptorImpl extends Descriptor<LoginConfig> {}
}
