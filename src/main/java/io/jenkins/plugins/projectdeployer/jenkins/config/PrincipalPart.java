package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A part of the configuration that names a group or a user.
 *
 * @param <T> the part itself
 */
public abstract class PrincipalPart<T extends PrincipalPart<T>> extends ConfigPart<T> {

    private String group;
    private String user;

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

    /**
     * Checks the two fields as somebody types.
     *
     * @param <T> what it describes
     */
    public abstract static class PrincipalDescriptor<T extends PrincipalPart<T>> extends Descriptor<T> {

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
