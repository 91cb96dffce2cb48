package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.PromotionHealth;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link StageGate} as it is configured. */
public final class StageGateConfig extends ConfigPart<StageGateConfig> {

    private Integer approvals;
    private List<PrincipalConfig> approvers;
    private String excludeEditorsWithin;
    private String timeLimit;
    private String promoteFrom;
    private String promoteAfter;
    private String promoteHealth;
    private List<FreezeConfig> freezes;
    private List<GateWebhookConfig> webhooks;

    @DataBoundConstructor
    public StageGateConfig() {
    }

    public Integer getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public void setApprovals(Integer approvals) {
        this.approvals = approvals;
    }

    public List<PrincipalConfig> getApprovers() {
        return shown(approvers);
    }

    @DataBoundSetter
    public void setApprovers(List<PrincipalConfig> approvers) {
        this.approvers = kept(approvers);
    }

    public String getExcludeEditorsWithin() {
        return excludeEditorsWithin;
    }

    @DataBoundSetter
    public void setExcludeEditorsWithin(String excludeEditorsWithin) {
        this.excludeEditorsWithin = Util.fixEmptyAndTrim(excludeEditorsWithin);
    }

    public String getTimeLimit() {
        return timeLimit;
    }

    @DataBoundSetter
    public void setTimeLimit(String timeLimit) {
        this.timeLimit = Util.fixEmptyAndTrim(timeLimit);
    }

    public String getPromoteFrom() {
        return promoteFrom;
    }

    @DataBoundSetter
    public void setPromoteFrom(String promoteFrom) {
        this.promoteFrom = Util.fixEmptyAndTrim(promoteFrom);
    }

    public String getPromoteAfter() {
        return promoteAfter;
    }

    @DataBoundSetter
    public void setPromoteAfter(String promoteAfter) {
        this.promoteAfter = Util.fixEmptyAndTrim(promoteAfter);
    }

    public String getPromoteHealth() {
        return promoteHealth;
    }

    @DataBoundSetter
    public void setPromoteHealth(String promoteHealth) {
        this.promoteHealth = Util.fixEmptyAndTrim(promoteHealth);
    }

    public List<FreezeConfig> getFreezes() {
        return shown(freezes);
    }

    @DataBoundSetter
    public void setFreezes(List<FreezeConfig> freezes) {
        this.freezes = kept(freezes);
    }

    public List<GateWebhookConfig> getWebhooks() {
        return shown(webhooks);
    }

    @DataBoundSetter
    public void setWebhooks(List<GateWebhookConfig> webhooks) {
        this.webhooks = kept(webhooks);
    }

    StageGate toModel() {
        return StageGate.of(
                approvals,
                models(approvers, PrincipalConfig::toModel),
                Span.of(excludeEditorsWithin),
                Span.of(timeLimit),
                promoteFrom,
                Span.of(promoteAfter),
                named(PromotionHealth.class, "promoteHealth", promoteHealth),
                models(freezes, FreezeConfig::toModel),
                models(webhooks, GateWebhookConfig::toModel));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<StageGateConfig> {

        public ListBoxModel doFillPromoteHealthItems() {
            ListBoxModel model = new ListBoxModel();
            model.add(Messages.StageGate_warning(), PromotionHealth.WARNING.name());
            model.add(Messages.StageGate_healthy(), PromotionHealth.HEALTHY.name());
            model.add(Messages.StageGate_deployed(), PromotionHealth.DEPLOYED.name());
            return model;
        }

        @POST
        public ListBoxModel doFillPromoteFromItems(@QueryParameter String promoteFrom) {
            InfrastructurePage.checkMayConfigure(null);
            return drop(Messages.StageGate_any(), ProjectDeployerConfiguration.get().getStages().stream().map(StageConfig::getName), promoteFrom);
        }

        @POST
        public FormValidation doCheckApprovals(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            String typed = Util.fixEmptyAndTrim(value);
            return typed == null || typed.matches("[0-9]{1,4}") ? FormValidation.ok() : FormValidation.error(Messages.StageGate_number());
        }

        @POST
        public FormValidation doCheckExcludeEditorsWithin(@QueryParameter String value) {
            return span(value);
        }

        @POST
        public FormValidation doCheckTimeLimit(@QueryParameter String value) {
            return span(value);
        }

        @POST
        public FormValidation doCheckPromoteAfter(@QueryParameter String value) {
            return span(value);
        }

        private static FormValidation span(String value) {
            InfrastructurePage.checkMayConfigure(null);
            String problem = ConfigurationCheck.spanProblem(value);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}
