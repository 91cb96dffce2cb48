package io.jenkins.plugins.projectdeployer.jenkins.config;

import io.jenkins.plugins.projectdeployer.model.Configuration;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.kohsuke.stapler.DataBoundSetter;

/** What the infrastructures share, as code and form set it and as it is kept. */
public abstract class SharedSettings extends GlobalConfiguration {

    private List<StageConfig> stages;
    private List<ProjectRuleConfig> projects;
    private List<CodeEnvConfig> codeEnvs;
    private List<DesignNodeConfig> designNodes;
    private LoginMappingConfig loginMapping;
    private HookLimitsConfig hookLimits;
    private BundleStorageConfig bundleStorage;
    private List<TechnicalUserConfig> technicalUsers;
    private boolean nodesInHealth;

    SharedSettings() {}

    /** Makes a change that an administrator asked for; what it leaves is a draft until it is saved as a whole. */
    abstract void draft(Runnable change);

    public List<StageConfig> getStages() {
        return ConfigPart.shown(stages);
    }

    @DataBoundSetter
    public void setStages(List<StageConfig> stages) {
        draft(() -> this.stages = ConfigPart.kept(stages));
    }

    public List<ProjectRuleConfig> getProjects() {
        return ConfigPart.shown(projects);
    }

    @DataBoundSetter
    public void setProjects(List<ProjectRuleConfig> projects) {
        draft(() -> this.projects = ConfigPart.kept(projects));
    }

    public List<CodeEnvConfig> getCodeEnvs() {
        return ConfigPart.shown(codeEnvs);
    }

    @DataBoundSetter
    public void setCodeEnvs(List<CodeEnvConfig> codeEnvs) {
        draft(() -> this.codeEnvs = ConfigPart.kept(codeEnvs));
    }

    public List<DesignNodeConfig> getDesignNodes() {
        return ConfigPart.shown(designNodes);
    }

    @DataBoundSetter
    public void setDesignNodes(List<DesignNodeConfig> designNodes) {
        draft(() -> this.designNodes = ConfigPart.kept(designNodes));
    }

    public LoginMappingConfig getLoginMapping() {
        return loginMapping;
    }

    @DataBoundSetter
    public void setLoginMapping(LoginMappingConfig loginMapping) {
        draft(() -> this.loginMapping = loginMapping);
    }

    public HookLimitsConfig getHookLimits() {
        return hookLimits;
    }

    @DataBoundSetter
    public void setHookLimits(HookLimitsConfig hookLimits) {
        draft(() -> this.hookLimits = hookLimits);
    }

    public BundleStorageConfig getBundleStorage() {
        return bundleStorage;
    }

    @DataBoundSetter
    public void setBundleStorage(BundleStorageConfig bundleStorage) {
        draft(() -> this.bundleStorage = bundleStorage);
    }

    public List<TechnicalUserConfig> getTechnicalUsers() {
        return ConfigPart.shown(technicalUsers);
    }

    @DataBoundSetter
    public void setTechnicalUsers(List<TechnicalUserConfig> technicalUsers) {
        draft(() -> this.technicalUsers = ConfigPart.kept(technicalUsers));
    }

    public boolean isNodesInHealth() {
        return nodesInHealth;
    }

    @DataBoundSetter
    public void setNodesInHealth(boolean nodesInHealth) {
        draft(() -> this.nodesInHealth = nodesInHealth);
    }

    /** What the file lacks is not there: it must not stay from before. */
    void forget() {
        stages = null;
        projects = null;
        codeEnvs = null;
        designNodes = null;
        loginMapping = null;
        hookLimits = null;
        bundleStorage = null;
        technicalUsers = null;
        nodesInHealth = false;
    }

    /** All but the infrastructures, each of which has a page of its own. */
    synchronized Configuration shared() {
        return with(List.of());
    }

    /** The whole, with these infrastructures. */
    Configuration with(List<InfrastructureConfig> infrastructures) {
        return new Configuration(
                ConfigPart.models(stages, StageConfig::toModel),
                ConfigPart.models(infrastructures, InfrastructureConfig::toModel),
                ConfigPart.models(projects, ProjectRuleConfig::toModel),
                ConfigPart.models(codeEnvs, CodeEnvConfig::toModel),
                ConfigPart.models(designNodes, DesignNodeConfig::toModel),
                ConfigPart.model(loginMapping, LoginMappingConfig::toModel),
                ConfigPart.model(hookLimits, HookLimitsConfig::toModel),
                ConfigPart.model(bundleStorage, BundleStorageConfig::toModel),
                ConfigPart.models(technicalUsers, TechnicalUserConfig::toModel),
                nodesInHealth);
    }
}
