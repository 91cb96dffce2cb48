package io.jenkins.plugins.projectdeployer.jenkins.config;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnamePortSpecification;
import hudson.ExtensionList;
import hudson.model.Failure;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/**
 * API keys that somebody types on a page. Each is kept as a Secret text of System scope, which no pipeline reaches, in a
 * domain that holds it to its node's host and port. Who may type one is the page's to check.
 */
final class TypedKeys {

    private static final String PREFIX = "project-deployer-";

    private final List<String> kept = new ArrayList<>();

    /**
     * Makes a change to the configuration with the keys that were typed for it; none stays when the change is refused.
     *
     * @param owner id of the infrastructure or design node, for people who read the credential's description
     */
    static void saving(String owner, Collection<NodeConfig> nodes, Runnable change) {
        TypedKeys keys = new TypedKeys();
        try {
            nodes.stream().filter(node -> node != null && node.typedKey() != null).forEach(node -> keys.keep(owner, node));
            change.run();
        } catch (RuntimeException e) {
            forget(keys.kept);
            throw e;
        }
    }

    private void keep(String owner, NodeConfig node) {
        String problem = ConfigurationCheck.urlProblem(node.toModel().url());
        if (problem != null) {
            throw new Failure("URL \"" + Ids.printable(node.getUrl()) + "\" " + problem);
        }
        URI url = URI.create(node.toModel().url());
        String place = url.getHost() + ":" + url.getPort();
        String id = PREFIX + UUID.randomUUID();
        Secret key = node.typedKey();
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            Credentials credential =
                    new StringCredentialsImpl(CredentialsScope.SYSTEM, id, Messages.TypedKeys_description(Ids.printable(owner), place), key);
            Domain domain = new Domain(place, Messages.TypedKeys_domain(), List.of(new HostnamePortSpecification(place, null)));
            if (!store().addDomain(domain, credential)) {
                store().addCredentials(domain, credential);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The key of " + place + " could not be kept", e);
        }
        kept.add(id);
        node.keptAs(id);
    }

    /** Removes those of these credentials that were typed here once and that no node needs any more. */
    static void forgetUnused(Collection<String> credentialsIds) {
        ProjectDeployerConfiguration configuration = ProjectDeployerConfiguration.get();
        Set<String> used = Stream.concat(
                        configuration.getInfrastructures().stream().flatMap(infrastructure -> infrastructure.getNodes().stream()),
                        configuration.getDesignNodes().stream().map(DesignNodeConfig::getNode).filter(Objects::nonNull))
                .map(NodeConfig::getCredentialsId)
                .collect(Collectors.toSet());
        forget(credentialsIds.stream().filter(id -> id != null && !used.contains(id)).toList());
    }

    /** Only those that were typed here once; others belong to somebody else. */
    private static void forget(Collection<String> credentialsIds) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            CredentialsStore store = store();
            for (Domain domain : store.getDomains()) {
                for (Credentials credential : List.copyOf(store.getCredentials(domain))) {
                    if (credential instanceof IdCredentials named && named.getId().startsWith(PREFIX) && credentialsIds.contains(named.getId())) {
                        store.removeCredentials(domain, credential);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Keys that are no longer used could not be removed", e);
        }
    }

    private static CredentialsStore store() {
        return ExtensionList.lookupSingleton(SystemCredentialsProvider.ProviderImpl.class).getStore(Jenkins.get());
    }
}
