package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.TechnicalUser;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link TechnicalUser} as it is configured. */
public final class TechnicalUserConfig extends ConfigPart<TechnicalUserConfig> {

    private final String jobs;
    private final String user;

    @DataBoundConstructor
    public TechnicalUserConfig(String jobs, String user) {
        this.jobs = Util.fixEmptyAndTrim(jobs);
        this.user = Util.fixEmptyAndTrim(user);
    }

    public String getJobs() {
        return jobs;
    }

    public String getUser() {
        return user;
    }

    TechnicalUser toModel() {
        return new TechnicalUser(jobs, user);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<TechnicalUserConfig> {

        @POST
        public FormValidation doCheckJobs(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return Util.fixEmptyAndTrim(value) == null ? FormValidation.validateRequired(value) : FormCheck.jobs(value);
        }

        @POST
        public FormValidation doCheckUser(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return Util.fixEmptyAndTrim(value) == null ? FormValidation.validateRequired(value) : FormCheck.user(value);
        }
    }
}
