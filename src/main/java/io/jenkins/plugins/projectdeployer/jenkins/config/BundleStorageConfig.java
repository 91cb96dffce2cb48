package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link BundleStorage} as it is configured. */
public final class BundleStorageConfig extends ConfigPart<BundleStorageConfig> {

    private String directory;
    private long freeSpaceFloor = BundleStorage.DEFAULT.freeSpaceFloor();
    private long quotaPerProject = BundleStorage.DEFAULT.quotaPerProject();
    private int keepPerProject = BundleStorage.DEFAULT.keepPerProject();
    private int keepPerStage = BundleStorage.DEFAULT.keepPerStage();
    private int keepDetailsDays = BundleStorage.DEFAULT.keepDetailsDays();

    @DataBoundConstructor
    public BundleStorageConfig() {
    }

    public String getDirectory() {
        return directory;
    }

    @DataBoundSetter
    public void setDirectory(String directory) {
        this.directory = Util.fixEmptyAndTrim(directory);
    }

    public long getFreeSpaceFloor() {
        return freeSpaceFloor;
    }

    @DataBoundSetter
    public void setFreeSpaceFloor(long freeSpaceFloor) {
        this.freeSpaceFloor = freeSpaceFloor;
    }

    public long getQuotaPerProject() {
        return quotaPerProject;
    }

    @DataBoundSetter
    public void setQuotaPerProject(long quotaPerProject) {
        this.quotaPerProject = quotaPerProject;
    }

    public int getKeepPerProject() {
        return keepPerProject;
    }

    @DataBoundSetter
    public void setKeepPerProject(int keepPerProject) {
        this.keepPerProject = keepPerProject;
    }

    public int getKeepPerStage() {
        return keepPerStage;
    }

    @DataBoundSetter
    public void setKeepPerStage(int keepPerStage) {
        this.keepPerStage = keepPerStage;
    }

    public int getKeepDetailsDays() {
        return keepDetailsDays;
    }

    @DataBoundSetter
    public void setKeepDetailsDays(int keepDetailsDays) {
        this.keepDetailsDays = keepDetailsDays;
    }

    BundleStorage toModel() {
        return new BundleStorage(directory, freeSpaceFloor, quotaPerProject, keepPerProject, keepPerStage, keepDetailsDays);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<BundleStorageConfig> {

        /** What the form shows before anybody has changed it. */
        @Restricted(DoNotUse.class) // config.jelly
        public BundleStorageConfig getDefaults() {
            return new BundleStorageConfig();
        }

        @POST
        public FormValidation doCheckDirectory(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            String directory = Util.fixEmptyAndTrim(value);
            String problem = directory == null ? null : ConfigurationCheck.pathProblem(directory);
            BundleStorageConfig now = ProjectDeployerConfiguration.get().getBundleStorage();
            return problem != null || Objects.equals(directory, now == null ? null : now.directory)
                    ? answer(Messages.Field_directory(), problem)
                    : FormValidation.warning(Messages.BundleStorageConfig_later());
        }
    }
}
