package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@link HookLimits} as they are configured. */
public final class HookLimitsConfig extends ConfigPart<HookLimitsConfig> {

    private int permits = HookLimits.DEFAULT.permits();
    private int preWaitSeconds = HookLimits.DEFAULT.preWaitSeconds();
    private int postWaitSeconds = HookLimits.DEFAULT.postWaitSeconds();
    private int timeLimitSeconds = HookLimits.DEFAULT.timeLimitSeconds();
    private List<String> launcher;

    @DataBoundConstructor
    public HookLimitsConfig() {
    }

    public int getPermits() {
        return permits;
    }

    @DataBoundSetter
    public void setPermits(int permits) {
        this.permits = permits;
    }

    public int getPreWaitSeconds() {
        return preWaitSeconds;
    }

    @DataBoundSetter
    public void setPreWaitSeconds(int preWaitSeconds) {
        this.preWaitSeconds = preWaitSeconds;
    }

    public int getPostWaitSeconds() {
        return postWaitSeconds;
    }

    @DataBoundSetter
    public void setPostWaitSeconds(int postWaitSeconds) {
        this.postWaitSeconds = postWaitSeconds;
    }

    public int getTimeLimitSeconds() {
        return timeLimitSeconds;
    }

    @DataBoundSetter
    public void setTimeLimitSeconds(int timeLimitSeconds) {
        this.timeLimitSeconds = timeLimitSeconds;
    }

    public List<String> getLauncher() {
        return shown(launcher);
    }

    @DataBoundSetter
    public void setLauncher(List<String> launcher) {
        this.launcher = kept(launcher);
    }

    HookLimits toModel() {
        return new HookLimits(permits, preWaitSeconds, postWaitSeconds, timeLimitSeconds, shown(launcher));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<HookLimitsConfig> implements OneALine {

        /** What the form shows before anybody has changed it. */
        @Restricted(DoNotUse.class) // config.jelly
        public HookLimitsConfig getDefaults() {
            return new HookLimitsConfig();
        }

        @POST
        public FormValidation doCheckLauncher(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            String program = value.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse(null);
            return program == null || program.indexOf('/') < 0 ? FormValidation.ok() : FormCheck.program(program);
        }
    }
}
