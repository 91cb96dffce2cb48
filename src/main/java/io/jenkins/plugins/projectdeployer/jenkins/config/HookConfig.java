package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.jenkins.security.ApprovedHooks;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link Hook} as it is configured. */
public final class HookConfig extends ConfigPart<HookConfig> {

    private final String name;
    private String phase;
    private String text;
    private String codeEnv;
    private String user;
    private List<HookSecretConfig> secrets;

    @DataBoundConstructor
    public HookConfig(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getName() {
        return name;
    }

    public String getPhase() {
        return phase;
    }

    @DataBoundSetter
    public void setPhase(String phase) {
        this.phase = Util.fixEmptyAndTrim(phase);
    }

    /** The text; its digest for who reads an export without administering Jenkins, and is on no page of the infrastructure. */
    public String getText() {
        boolean mayRead = Jenkins.get().hasPermission(Jenkins.ADMINISTER) || InfrastructurePage.isShown();
        return text == null || mayRead ? text : Messages.HookConfig_digest(Revision.digest(text));
    }

    @DataBoundSetter
    public void setText(String text) {
        this.text = text;
    }

    public String getCodeEnv() {
        return codeEnv;
    }

    @DataBoundSetter
    public void setCodeEnv(String codeEnv) {
        this.codeEnv = Util.fixEmptyAndTrim(codeEnv);
    }

    public String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    public List<HookSecretConfig> getSecrets() {
        return shown(secrets);
    }

    @DataBoundSetter
    public void setSecrets(List<HookSecretConfig> secrets) {
        this.secrets = kept(secrets);
    }

    /**
     * Whoever does not administer Jenkins tells a hook no secrets: it keeps those of the hook that had its name. A code env
     * is theirs to choose when they may use it.
     */
    void heldTo(List<HookConfig> before) {
        Optional<HookConfig> same = before.stream().filter(hook -> Objects.equals(hook.name, name)).findFirst();
        secrets = kept(same.map(HookConfig::getSecrets).orElse(null));
        boolean chosen = codeEnv != null && !codeEnv.equals(same.map(HookConfig::getCodeEnv).orElse(null));
        if (chosen && ProjectDeployerConfiguration.get().configuration().codeEnv(codeEnv).filter(Visitor.current()::mayUse).isEmpty()) {
            throw new Failure(Refused.notFound("code env", codeEnv).getMessage());
        }
    }

    Hook toModel() {
        return within("hook", name, () -> new Hook(
                name, named(HookPhase.class, "phase", phase), text, codeEnv, user, models(secrets, HookSecretConfig::toModel)));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<HookConfig> {

        public ListBoxModel doFillPhaseItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.Hook_pre(), HookPhase.PRE.name()),
                    new ListBoxModel.Option(Messages.Hook_post(), HookPhase.POST.name()));
        }

        @POST
        public ListBoxModel doFillCodeEnvItems(@AncestorInPath InfrastructurePage page, @QueryParameter String codeEnv) {
            InfrastructurePage.checkMayConfigure(page);
            Visitor visitor = Visitor.current();
            Stream<String> usable =
                    ProjectDeployerConfiguration.get().lastKnown().codeEnvs().stream().filter(visitor::mayUse).map(CodeEnv::name);
            return drop(Messages.Hook_builtIn(), usable, codeEnv);
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return answer(Messages.Field_name(), ConfigurationCheck.idProblem(Util.fixEmptyAndTrim(value)));
        }

        @POST
        public FormValidation doCheckText(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            if (!value.isBlank() && ApprovedHooks.areTextsUnlisted()) {
                return FormValidation.warning(Messages.HookConfig_forceSandbox());
            }
            return FormValidation.validateRequired(value);
        }

        /** Compiles the text in the engine that would run it; nothing of it is run. */
        @POST
        public FormValidation doValidate(
                @AncestorInPath InfrastructurePage page,
                @QueryParameter String name,
                @QueryParameter String codeEnv,
                @QueryParameter String text) {
            InfrastructurePage.checkMayConfigure(page);
            return HookCompilation.of(Util.fixEmptyAndTrim(name), Util.fixEmptyAndTrim(codeEnv), text);
        }

        @POST
        public FormValidation doCheckUser(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return FormCheck.user(value);
        }
    }
}
