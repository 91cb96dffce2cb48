package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Stage;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** An {@link Infrastructure} as it is configured. */
public final class InfrastructureConfig extends ConfigPart<InfrastructureConfig> {

    private final String id;
    private String stage;
    private List<NodeConfig> nodes;
    private String externalUrl;
    private List<InfrastructureGrantConfig> grants;
    private List<RemapConfig> connections;
    private List<RemapConfig> codeEnvs;
    private List<RemapConfig> containerExecs;
    private CodeEnvsBehaviorConfig codeEnvsBehavior;
    private PoliciesConfig policies;
    private List<HookConfig> hooks;
    private List<String> allowedJobs;
    private boolean seed;
    private boolean byCode;

    @DataBoundConstructor
    public InfrastructureConfig(String id) {
        this.id = Util.fixEmptyAndTrim(id);
    }

    /** Whether this is the one of that id; ids ignore case. */
    boolean is(String otherId) {
        return id != null && id.equalsIgnoreCase(otherId);
    }

    public String getId() {
        return id;
    }

    public String getStage() {
        return stage;
    }

    @DataBoundSetter
    public void setStage(String stage) {
        this.stage = Util.fixEmptyAndTrim(stage);
    }

    public List<NodeConfig> getNodes() {
        return shown(nodes);
    }

    @DataBoundSetter
    public void setNodes(List<NodeConfig> nodes) {
        this.nodes = kept(nodes);
    }

    public String getExternalUrl() {
        return externalUrl;
    }

    @DataBoundSetter
    public void setExternalUrl(String externalUrl) {
        this.externalUrl = Util.fixEmptyAndTrim(externalUrl);
    }

    public List<InfrastructureGrantConfig> getGrants() {
        return shown(grants);
    }

    @DataBoundSetter
    public void setGrants(List<InfrastructureGrantConfig> grants) {
        this.grants = kept(grants);
    }

    public List<RemapConfig> getConnections() {
        return shown(connections);
    }

    @DataBoundSetter
    public void setConnections(List<RemapConfig> connections) {
        this.connections = kept(connections);
    }

    public List<RemapConfig> getCodeEnvs() {
        return shown(codeEnvs);
    }

    @DataBoundSetter
    public void setCodeEnvs(List<RemapConfig> codeEnvs) {
        this.codeEnvs = kept(codeEnvs);
    }

    public List<RemapConfig> getContainerExecs() {
        return shown(containerExecs);
    }

    @DataBoundSetter
    public void setContainerExecs(List<RemapConfig> containerExecs) {
        this.containerExecs = kept(containerExecs);
    }

    public CodeEnvsBehaviorConfig getCodeEnvsBehavior() {
        return codeEnvsBehavior;
    }

    @DataBoundSetter
    public void setCodeEnvsBehavior(CodeEnvsBehaviorConfig codeEnvsBehavior) {
        this.codeEnvsBehavior = codeEnvsBehavior;
    }

    public PoliciesConfig getPolicies() {
        return policies;
    }

    @DataBoundSetter
    public void setPolicies(PoliciesConfig policies) {
        this.policies = policies;
    }

    public List<HookConfig> getHooks() {
        return shown(hooks);
    }

    @DataBoundSetter
    public void setHooks(List<HookConfig> hooks) {
        this.hooks = kept(hooks);
    }

    public List<String> getAllowedJobs() {
        return shown(allowedJobs);
    }

    @DataBoundSetter
    public void setAllowedJobs(List<String> allowedJobs) {
        this.allowedJobs = kept(allowedJobs);
    }

    public boolean isSeed() {
        return seed;
    }

    /** Whether code only creates it where it is absent, and pages own it from then on. */
    @DataBoundSetter
    public void setSeed(boolean seed) {
        this.seed = seed;
    }

    /** Whether code defines it, so that a change on a page would be gone at the next start. */
    @Restricted(DoNotUse.class) // index.jelly
    public boolean isByCode() {
        return byCode;
    }

    /** It came from code: what code did not only sow is changed there. */
    void ownedByCode() {
        byCode = !seed;
    }

    /** It came from code once, and pages own it now. */
    void ownedByPages() {
        seed = true;
        byCode = false;
    }

    /**
     * Says what of this change takes more than the right to administer the infrastructure: it stays as it is. Stage and
     * hooks' credentials are put back; a key stays with the place that it was chosen for (design 5).
     *
     * @throws Failure when a node has moved, so that its key must be entered anew
     */
    void heldTo(InfrastructureConfig current) {
        stage = current.stage;
        getNodes().forEach(node -> node.heldTo(current.getNodes()));
        getHooks().forEach(hook -> hook.heldTo(current.getHooks()));
    }

    /** The same under no id and without nodes, each of which belongs to one infrastructure: for somebody to go on from. */
    InfrastructureConfig copy() {
        return copy(null);
    }

    /** The same with other grants. */
    InfrastructureConfig granting(List<InfrastructureGrantConfig> others) {
        InfrastructureConfig changed = copy(id);
        changed.nodes = nodes;
        changed.externalUrl = externalUrl;
        changed.seed = seed;
        changed.byCode = byCode;
        changed.grants = others;
        return changed;
    }

    private InfrastructureConfig copy(String newId) {
        InfrastructureConfig copy = new InfrastructureConfig(newId);
        copy.stage = stage;
        copy.grants = grants;
        copy.connections = connections;
        copy.codeEnvs = codeEnvs;
        copy.containerExecs = containerExecs;
        copy.codeEnvsBehavior = codeEnvsBehavior;
        copy.policies = policies;
        copy.hooks = hooks;
        copy.allowedJobs = allowedJobs;
        return copy;
    }

    /** Changes with everything that is kept of it. */
    String state() {
        return Revision.of(toModel()) + " seed " + seed + " code " + byCode;
    }

    Infrastructure toModel() {
        return within("infrastructure", id, () -> new Infrastructure(
                id,
                stage,
                models(nodes, NodeConfig::toModel),
                externalUrl,
                models(grants, InfrastructureGrantConfig::toModel),
                models(connections, RemapConfig::toModel),
                models(codeEnvs, RemapConfig::toModel),
                models(containerExecs, RemapConfig::toModel),
                model(codeEnvsBehavior, CodeEnvsBehaviorConfig::toModel),
                model(policies, PoliciesConfig::toModel),
                models(hooks, HookConfig::toModel),
                shown(allowedJobs)));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<InfrastructureConfig> implements OneALine {

        /** The form has one job pattern a line. */
        @Override
        public InfrastructureConfig newInstance(StaplerRequest2 req, JSONObject form) throws FormException {
            form.put("allowedJobs", OneALine.read(form.opt("allowedJobs")));
            return super.newInstance(req, form);
        }

        @POST
        public ListBoxModel doFillStageItems(@AncestorInPath InfrastructurePage page, @QueryParameter String stage) {
            InfrastructurePage.checkMayConfigure(page);
            return drop(null, ProjectDeployerConfiguration.get().lastKnown().stages().stream().map(Stage::name), stage);
        }

        /** Nothing is wrong before anything is typed; without an id nothing is created. */
        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            if (Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            if (ProjectDeployerConfiguration.get().infrastructure(value).isPresent()) {
                return answer(Messages.Field_id(), Messages.InfrastructureConfig_taken());
            }
            return answer(Messages.Field_id(), ConfigurationCheck.idProblem(Util.fixEmptyAndTrim(value)));
        }

        @POST
        public FormValidation doCheckExternalUrl(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return answer(Messages.Field_externalUrl(), ConfigurationCheck.externalUrlProblem(Util.fixEmptyAndTrim(value)));
        }

        @POST
        public FormValidation doCheckAllowedJobs(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return FormCheck.jobs(value);
        }
    }
}
