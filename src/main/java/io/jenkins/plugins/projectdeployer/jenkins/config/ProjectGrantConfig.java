package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import org.kohsuke.stapler.DataBoundConstructor;

/** A grant on published projects as it is configured. */
public final class ProjectGrantConfig extends GrantPart<ProjectGrantConfig, ProjectRight> {

    @DataBoundConstructor
    public ProjectGrantConfig() {
    }

    Grant<ProjectRight> toModel() {
        return grant(ProjectRight.class);
    }

    @Extension
    public static final class DescriptorImpl extends PrincipalDescriptor<ProjectGrantConfig> {

        public ListBoxModel doFillRightItems() {
            return choices(ProjectRight.values());
        }
    }
}
