package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link CodeEnv} as it is configured. */
public final class CodeEnvConfig extends ConfigPart<CodeEnvConfig> {

    private final String name;
    private String interpreter;
    private String owner;
    private boolean usableByAll = true;
    private List<CodeEnvGrantConfig> grants;

    @DataBoundConstructor
    public CodeEnvConfig(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getName() {
        return name;
    }

    public String getInterpreter() {
        return interpreter;
    }

    @DataBoundSetter
    public void setInterpreter(String interpreter) {
        this.interpreter = Util.fixEmptyAndTrim(interpreter);
    }

    public String getOwner() {
        return owner;
    }

    @DataBoundSetter
    public void setOwner(String owner) {
        this.owner = Util.fixEmptyAndTrim(owner);
    }

    public boolean isUsableByAll() {
        return usableByAll;
    }

    @DataBoundSetter
    public void setUsableByAll(boolean usableByAll) {
        this.usableByAll = usableByAll;
    }

    public List<CodeEnvGrantConfig> getGrants() {
        return shown(grants);
    }

    @DataBoundSetter
    public void setGrants(List<CodeEnvGrantConfig> grants) {
        this.grants = kept(grants);
    }

    CodeEnv toModel() {
        return within("code env", name, () -> new CodeEnv(name, interpreter, owner, usableByAll, models(grants, CodeEnvGrantConfig::toModel)));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<CodeEnvConfig> {

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return answer(Messages.Field_name(), ConfigurationCheck.idProblem(Util.fixEmptyAndTrim(value)));
        }

        @POST
        public FormValidation doCheckInterpreter(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            String path = Util.fixEmptyAndTrim(value);
            if (path == null) {
                return FormValidation.validateRequired(value);
            }
            return FormCheck.program(path);
        }

        @POST
        public FormValidation doCheckOwner(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return FormCheck.user(value);
        }
    }
}
