package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Policies;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@link Policies} as they are configured. */
public final class PoliciesConfig extends ConfigPart<PoliciesConfig> {

    private String permissionsPropagation;
    private String deployAsUser;
    private String scenariosRunAsUser;
    private String webAppsRunAsUser;

    @DataBoundConstructor
    public PoliciesConfig() {
    }

    public String getPermissionsPropagation() {
        return permissionsPropagation;
    }

    @DataBoundSetter
    public void setPermissionsPropagation(String permissionsPropagation) {
        this.permissionsPropagation = Util.fixEmptyAndTrim(permissionsPropagation);
    }

    public String getDeployAsUser() {
        return deployAsUser;
    }

    @DataBoundSetter
    public void setDeployAsUser(String deployAsUser) {
        this.deployAsUser = Util.fixEmptyAndTrim(deployAsUser);
    }

    public String getScenariosRunAsUser() {
        return scenariosRunAsUser;
    }

    @DataBoundSetter
    public void setScenariosRunAsUser(String scenariosRunAsUser) {
        this.scenariosRunAsUser = Util.fixEmptyAndTrim(scenariosRunAsUser);
    }

    public String getWebAppsRunAsUser() {
        return webAppsRunAsUser;
    }

    @DataBoundSetter
    public void setWebAppsRunAsUser(String webAppsRunAsUser) {
        this.webAppsRunAsUser = Util.fixEmptyAndTrim(webAppsRunAsUser);
    }

    Policies toModel() {
        return new Policies(
                permissionsPropagation == null ? null : PermissionsPropagation.of(permissionsPropagation),
                deployAsUser,
                scenariosRunAsUser,
                webAppsRunAsUser);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<PoliciesConfig> {

        public ListBoxModel doFillPermissionsPropagationItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.Policies_none(), PermissionsPropagation.NONE.name()),
                    new ListBoxModel.Option(Messages.Policies_limited(), PermissionsPropagation.READ_ONLY.name()),
                    new ListBoxModel.Option(Messages.Policies_full(), PermissionsPropagation.ALL.name()));
        }
    }
}
