package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A {@link DesignNode} as it is configured. */
public final class DesignNodeConfig extends ConfigPart<DesignNodeConfig> {

    private final String id;
    private NodeConfig node;

    @DataBoundConstructor
    public DesignNodeConfig(String id) {
        this.id = Util.fixEmptyAndTrim(id);
    }

    public String getId() {
        return id;
    }

    public NodeConfig getNode() {
        return node;
    }

    @DataBoundSetter
    public void setNode(NodeConfig node) {
        this.node = node;
    }

    DesignNode toModel() {
        return new DesignNode(id, model(node, NodeConfig::toModel));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DesignNodeConfig> {

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return answer(Messages.Field_id(), ConfigurationCheck.idProblem(Util.fixEmptyAndTrim(value)));
        }
    }
}
