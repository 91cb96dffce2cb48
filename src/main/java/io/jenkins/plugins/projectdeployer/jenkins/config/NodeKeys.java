package io.jenkins.plugins.projectdeployer.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Finds the keys of nodes, at the moment when they are needed. They are looked for as Jenkins itself, so that they can
 * have System scope, where no pipeline reaches them, and for the node's URL, so that a domain can hold them to a host.
 */
public final class NodeKeys {

    private NodeKeys() {}

    /**
     * The API key of a node.
     *
     * @throws Refused when there is no such Secret text, or when its domain excludes the node's URL
     */
    public static String key(NodeAddress node) {
        StringCredentials found = find(node.credentialsId(), node.url());
        if (found == null) {
            throw new Refused(Refused.Reason.UNAVAILABLE, Messages.NodeKeys_noKey(Ids.printable(node.credentialsId())));
        }
        return found.getSecret().getPlainText();
    }

    /**
     * The value of a Secret text that a hook may know.
     *
     * @throws Refused when there is none of this id
     */
    public static String secret(String credentialsId) {
        StringCredentials found = find(credentialsId);
        if (found == null) {
            throw new Refused(Refused.Reason.UNAVAILABLE, Messages.NodeKeys_noSecret(Ids.printable(credentialsId)));
        }
        return found.getSecret().getPlainText();
    }

    /** Records that a run has used the keys of these nodes; shown on each credential's page. */
    public static void track(Run<?, ?> run, List<NodeAddress> nodes) {
        List<StringCredentials> used =
                nodes.stream().map(node -> find(node.credentialsId(), node.url())).filter(Objects::nonNull).toList();
        CredentialsProvider.trackAll(run, used);
    }

    /** For the node at this URL; null when there is none. */
    static StringCredentials find(String credentialsId, String url) {
        return find(credentialsId, URIRequirementBuilder.fromUri(url).build());
    }

    /** For whatever place; null when there is none. */
    static StringCredentials find(String credentialsId) {
        return find(credentialsId, List.of());
    }

    private static StringCredentials find(String credentialsId, List<DomainRequirement> requirements) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                credentialsId, StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements);
    }
}
