package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import hudson.util.FormApply;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import jakarta.servlet.ServletException;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Manage Jenkins, Project Deployer: the infrastructures, each with a page of its own, and everything that they share. */
@Extension
@Symbol("projectDeployerLink")
public final class ProjectDeployerLink extends ManagementLink implements StaplerProxy {

    @Override
    public String getIconFileName() {
        return "symbol-cloud";
    }

    @Override
    public String getDisplayName() {
        return Messages.ProjectDeployerLink_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.ProjectDeployerLink_description();
    }

    @Override
    public String getUrlName() {
        return "project-deployer-configuration"; // not "project-deployer": under /manage/ too that is the page for everybody
    }

    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    /** Everything below this page is for Jenkins' administrators. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    @Restricted(DoNotUse.class) // index.jelly
    public ProjectDeployerConfiguration getConfiguration() {
        return ProjectDeployerConfiguration.get();
    }

    /** Why nothing can be deployed; null when it can, as far as configuration and engine go. */
    @Restricted(DoNotUse.class) // index.jelly
    public String getProblem() {
        String onDisk = getConfiguration().getProblem();
        String opening = Engine.problem();
        return onDisk != null || opening == null ? onDisk : Messages.ProjectDeployerLink_closed(opening);
    }

    @Restricted(DoNotUse.class) // new.jelly
    public Descriptor<?> getInfrastructureDescriptor() {
        return Jenkins.get().getDescriptorOrDie(InfrastructureConfig.class);
    }

    /** What a new infrastructure begins with: the settings of the one of this id; null: nothing. */
    @Restricted(DoNotUse.class) // new.jelly
    public InfrastructureConfig copyOf(String id) {
        return ProjectDeployerConfiguration.get().infrastructure(id).map(InfrastructureConfig::copy).orElse(null);
    }

    /** Adds an infrastructure. */
    @POST
    public void doCreate(StaplerRequest2 req) throws ServletException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        InfrastructureConfig created = Descriptor.bindJSON(req, InfrastructureConfig.class, req.getSubmittedForm());
        TypedKeys.saving(created.getId(), created.getNodes(), () -> ProjectDeployerConfiguration.get().add(created));
        throw FormApply.success(".");
    }

    /** Changes with every change of what the infrastructures share: a form that was opened before is stale. */
    @Restricted(DoNotUse.class) // shared.jelly
    public String getRevision() {
        return Revision.of(ProjectDeployerConfiguration.get().shared());
    }

    /** Saves what the infrastructures share, unless somebody else has saved since the form was opened. */
    @POST
    public void doConfigure(StaplerRequest2 req) throws ServletException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JSONObject form = req.getSubmittedForm();
        JSONObject limits = form.getJSONObject("hookLimits");
        limits.put("launcher", OneALine.read(limits.opt("launcher")));
        // A list that was emptied is absent from the form's JSON: each one is set, not only those that are there.
        List<DesignNodeConfig> designNodes = ConfigPart.bound(req, DesignNodeConfig.class, form.opt("designNodes"));
        TypedKeys.saving("design node", designNodes.stream().map(DesignNodeConfig::getNode).toList(),
                () -> ProjectDeployerConfiguration.get().change(configuration -> {
            if (!Revision.of(configuration.shared()).equals(form.optString("revision"))) {
                throw new Failure(Messages.ProjectDeployerLink_stale());
            }
            configuration.setStages(ConfigPart.bound(req, StageConfig.class, form.opt("stages")));
            configuration.setProjects(ConfigPart.bound(req, ProjectRuleConfig.class, form.opt("projects")));
            configuration.setTechnicalUsers(ConfigPart.bound(req, TechnicalUserConfig.class, form.opt("technicalUsers")));
            configuration.setCodeEnvs(ConfigPart.bound(req, CodeEnvConfig.class, form.opt("codeEnvs")));
            configuration.setDesignNodes(designNodes);
            configuration.setLoginMapping(req.bindJSON(LoginMappingConfig.class, form.getJSONObject("loginMapping")));
            configuration.setHookLimits(req.bindJSON(HookLimitsConfig.class, limits));
            configuration.setBundleStorage(req.bindJSON(BundleStorageConfig.class, form.getJSONObject("bundleStorage")));
            configuration.setNodesInHealth(form.optBoolean("nodesInHealth"));
        }));
        throw FormApply.success(".");
    }
}
