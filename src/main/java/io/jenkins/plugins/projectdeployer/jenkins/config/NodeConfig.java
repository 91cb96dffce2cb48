package io.jenkins.plugins.projectdeployer.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A {@link NodeAddress} as it is configured. */
public final class NodeConfig extends ConfigPart<NodeConfig> {

    private final String url;
    private String credentialsId;
    private String certificates;
    private boolean trustAll;
    /** Typed on a page a moment ago; never written, and gone when it is kept as a credential. */
    private transient Secret newKey;

    @DataBoundConstructor
    public NodeConfig(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(String certificates) {
        this.certificates = Util.fixEmptyAndTrim(certificates);
    }

    public boolean isTrustAll() {
        return trustAll;
    }

    @DataBoundSetter
    public void setTrustAll(boolean trustAll) {
        this.trustAll = trustAll;
    }

    /** Nothing: a key is typed, never shown. */
    @Restricted(DoNotUse.class) // config.jelly
    public String getNewKey() {
        return null;
    }

    Secret typedKey() {
        return newKey;
    }

    /** The typed key has become this credential. */
    void keptAs(String id) {
        credentialsId = id;
        newKey = null;
    }

    /** Whoever does not administer Jenkins chooses no credential: it is the one that was chosen for this very place. */
    void heldTo(List<NodeConfig> before) {
        credentialsId = newKey != null ? null : before.stream()
                .filter(node -> node.toModel().isReachedLike(toModel()))
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.NodeConfig_keyDropped(Ids.printable(url))))
                .credentialsId;
    }

    NodeAddress toModel() {
        return new NodeAddress(url, credentialsId, certificates, trustAll);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<NodeConfig> {

        /** The form may hold a new key besides what is kept. */
        @Override
        public NodeConfig newInstance(StaplerRequest2 req, JSONObject form) throws FormException {
            Secret typed = Secret.fromString(form.optString("newKey"));
            form.remove("newKey");
            NodeConfig node = (NodeConfig) super.newInstance(req, form);
            node.newKey = typed.getPlainText().isBlank() ? null : typed;
            return node;
        }

        /** Where there is no infrastructure yet, nothing is wrong before anything is typed; without a URL nothing is created. */
        @POST
        public FormValidation doCheckUrl(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            if (page == null && Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            return answer(Messages.Field_url(), ConfigurationCheck.urlProblem(new NodeConfig(value).toModel().url()));
        }

        @POST
        public FormValidation doCheckCertificates(@AncestorInPath InfrastructurePage page, @QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(page);
            return answer(Messages.Field_certificates(), ConfigurationCheck.certificatesProblem(Util.fixEmptyAndTrim(value)));
        }

        /** Ids of other people's credentials are for Jenkins' administrators; others keep the one that is chosen. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String url, @QueryParameter String credentialsId) {
            StandardListBoxModel model = new StandardListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return model.includeCurrentValue(credentialsId);
            }
            return model.includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            StringCredentials.class,
                            URIRequirementBuilder.fromUri(url).build(),
                            CredentialsMatchers.always())
                    .includeCurrentValue(credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String url) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            return SecretTexts.judged(NodeKeys.find(value, url), Messages.NodeConfig_noCredential());
        }

        /** Asks a node that is to be deployed to, with the key of the form, which need not be saved yet. */
        @POST
        public FormValidation doTestAutomation(
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String newKey,
                @QueryParameter String certificates,
                @QueryParameter boolean trustAll) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            NodeAddress node = new NodeAddress(url, credentialsId, certificates, trustAll);
            return ConnectionTest.of(node, newKey, key -> Engine.get().checkAutomationNode(node, key));
        }

        /** The same for a node that is exported from. */
        @POST
        public FormValidation doTestDesign(
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String newKey,
                @QueryParameter String certificates,
                @QueryParameter boolean trustAll) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            NodeAddress node = new NodeAddress(url, credentialsId, certificates, trustAll);
            return ConnectionTest.of(node, newKey, key -> Engine.get().checkDesignNode(node, key));
        }
    }
}
