package io.jenkins.plugins.projectdeployer.jenkins.config;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.HostnamePortRequirement;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.PersistentDescriptor;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.springframework.security.core.Authentication;

/**
 * API keys that somebody types on a page: each a Secret text of System scope, which no pipeline reaches, held to its node's
 * host and port. They are not in Jenkins' own store, which configuration as code empties of all that it does not name. Who may
 * type one is the page's to check.
 */
@Extension
public final class TypedKeys extends CredentialsProvider implements PersistentDescriptor {

    private static final Logger LOGGER = Logger.getLogger(TypedKeys.class.getName());

    private volatile List<TypedKey> keys;

    private static TypedKeys get() {
        return ExtensionList.lookupSingleton(TypedKeys.class);
    }

    /**
     * Makes a change to the configuration with the keys that were typed for it; none stays when the change is refused. What
     * nothing needs any more afterwards is forgotten.
     *
     * @param owner id of the infrastructure or design node, for people who read the credential's description
     */
    static void saving(String owner, Collection<NodeConfig> nodes, Runnable change) {
        ProjectDeployerConfiguration configuration = ProjectDeployerConfiguration.get();
        synchronized (configuration) { // or another save would find the new keys unused
            configuration.awaitOthers();
            withNewKeys(owner, nodes, change);
        }
        forgetUnused();
    }

    private static void withNewKeys(String owner, Collection<NodeConfig> nodes, Runnable change) {
        List<String> kept = new ArrayList<>();
        try {
            nodes.stream().filter(node -> node != null && node.typedKey() != null).forEach(node -> {
                String id = get().keep(owner, node);
                kept.add(id);
                node.keptAs(id);
            });
            change.run();
        } catch (RuntimeException e) {
            get().forget(kept::contains);
            throw e;
        }
    }

    private String keep(String owner, NodeConfig node) {
        String problem = ConfigurationCheck.urlProblem(node.toModel().url());
        if (problem != null) {
            throw new Failure("URL \"" + Ids.printable(node.getUrl()) + "\" " + problem);
        }
        URI url = URI.create(node.toModel().url());
        String place = url.getHost() + ":" + url.getPort();
        String id = "project-deployer-" + UUID.randomUUID();
        Secret key = node.typedKey();
        String description = Messages.TypedKeys_description(Ids.printable(owner), place);
        change(all -> {
            all.add(new TypedKey(place, new StringCredentialsImpl(CredentialsScope.SYSTEM, id, description, key)));
            return all;
        });
        return id;
    }

    /**
     * Removes the keys that neither a node of the configuration needs nor an update under way, whose plan names the one that
     * there was when it was made. None is removed while what is on disk cannot be used or the engine is not open: nobody
     * knows then what is needed.
     */
    public static void forgetUnused() {
        ProjectDeployerConfiguration.get().ifUsable(saved -> Engine.opened().ifPresent(engine -> {
            Stream<NodeAddress> underWay = engine.records().openUpdates().stream()
                    .map(Update::plan)
                    .filter(Objects::nonNull)
                    .flatMap(plan -> plan.nodes().stream().map(Plan.PlannedNode::address));
            Set<String> used = Stream.of(
                            saved.infrastructures().stream().flatMap(infrastructure -> infrastructure.nodes().stream()),
                            saved.designNodes().stream().map(DesignNode::node).filter(Objects::nonNull),
                            underWay)
                    .flatMap(Function.identity())
                    .map(NodeAddress::credentialsId)
                    .collect(Collectors.toSet());
            try {
                get().forget(id -> !used.contains(id));
            } catch (UncheckedIOException e) {
                LOGGER.log(Level.WARNING, "Keys that nothing needs any more are still there; the next save tries again", e);
            }
        }));
    }

    private void forget(Predicate<String> which) {
        if (shown().stream().anyMatch(key -> which.test(key.credential.getId()))) {
            change(all -> {
                all.removeIf(key -> which.test(key.credential.getId()));
                return all;
            });
        }
    }

    private synchronized void change(UnaryOperator<List<TypedKey>> edit) {
        List<TypedKey> before = keys;
        keys = edit.apply(new ArrayList<>(shown()));
        try {
            getConfigFile().write(this);
        } catch (IOException e) {
            keys = before;
            throw new UncheckedIOException("The keys that were typed on pages could not be saved", e);
        }
    }

    private List<TypedKey> shown() {
        return ConfigPart.shown(keys);
    }

    @Override
    public String getDisplayName() {
        return Messages.TypedKeys_displayName();
    }

    /** Jenkins itself finds a key, and only for the place that it was typed for. */
    @Override
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication, List<DomainRequirement> requirements) {
        if (itemGroup != Jenkins.get() || !ACL.SYSTEM2.equals(authentication)) {
            return List.of();
        }
        return shown().stream()
                .filter(key -> requirements.stream().anyMatch(key::isFor))
                .map(key -> key.credential)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Jobs find none. */
    @Override
    public <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
        return List.of();
    }

    /** One of them, as it is saved: the secret is encrypted then. */
    private static final class TypedKey {

        private final String place;
        private final StringCredentialsImpl credential;

        private TypedKey(String place, StringCredentialsImpl credential) {
            this.place = place;
            this.credential = credential;
        }

        private boolean isFor(DomainRequirement requirement) {
            return requirement instanceof HostnamePortRequirement at && place.equalsIgnoreCase(at.getHostname() + ":" + at.getPort());
        }
    }
}
