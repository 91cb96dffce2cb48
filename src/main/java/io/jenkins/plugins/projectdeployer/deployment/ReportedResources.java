package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who may do what with the code envs, clusters and containerized execution configurations of nodes, as the nodes reported it
 * last: each plan brings what its bundle uses, a reading of a node brings everything. Kept in memory alone, because nodes
 * can be asked again: after a start of the controller nothing has been reported. Safe for use by many threads.
 */
public final class ReportedResources {

    private final Map<Place, Node> nodes = new ConcurrentHashMap<>();
    private final Supplier<Configuration> configuration;
    private final Clock clock;

    /** @param configuration what was reported for infrastructures and addresses that are no longer in it is forgotten */
    ReportedResources(Supplier<Configuration> configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /** A node of an infrastructure. */
    private record Place(String infrastructure, String url) {

        private static Place of(String infrastructureId, NodeAddress address) {
            return new Place(infrastructureId.toLowerCase(Locale.ROOT), address.url());
        }
    }

    private record Key(ResourceKind kind, String name, String language) {

        private static Key of(NodeResource resource) {
            return new Key(resource.kind(), resource.name(), resource.language());
        }
    }

    /** A resource, and when the node reported it. */
    public record Reported(NodeResource resource, Instant at) {}

    /**
     * What one node has reported.
     *
     * @param name how people call the node
     * @param whole when all of it was read; null: never since the controller started
     * @param resources by kind and name
     * @param members groups of logins, as far as the groups have rights on something or administer the node
     * @param administrators the groups that administer the node
     */
    public record Node(
            String name, Instant whole, List<Reported> resources, Map<String, Set<String>> members, Set<String> administrators) {

        public Node {
            resources = List.copyOf(resources);
        }

        private static Node of(String name, Instant whole, Collection<Reported> resources, NodeMembers people) {
            return new Node(name, whole, sorted(resources), people.inGroupsOf(resources.stream().map(Reported::resource).toList()),
                    people.administrators());
        }

        /** Another node behind the same address has nothing of the one before it. */
        private Node with(String now, Collection<Reported> more, NodeMembers people) {
            if (!name.equals(now)) {
                return of(now, null, more, people);
            }
            Map<Key, Reported> all = new LinkedHashMap<>();
            resources.forEach(each -> all.put(Key.of(each.resource()), each));
            more.forEach(each -> all.put(Key.of(each.resource()), each));
            return of(name, whole, all.values(), people);
        }
    }

    /**
     * What a plan has read of some resources; others stay as they were reported before.
     *
     * @param people of the node, all that there are
     */
    void add(String infrastructureId, NodeAddress address, String name, Collection<NodeResource> some, NodeMembers people) {
        Collection<Reported> reported = reported(some, clock.instant());
        nodes.compute(Place.of(infrastructureId, address), (place, before) -> {
            if (before == null && some.isEmpty()) {
                return null;
            }
            return before == null ? Node.of(name, null, reported, people) : before.with(name, reported, people);
        });
        forgetWhatIsGone();
    }

    /** All that there is on a node; what is not among it is gone. */
    void replace(String infrastructureId, NodeAddress address, String name, Collection<NodeResource> all, NodeMembers people) {
        Instant at = clock.instant();
        nodes.put(Place.of(infrastructureId, address), Node.of(name, at, reported(all, at), people));
        forgetWhatIsGone();
    }

    private void forgetWhatIsGone() {
        Set<Place> there = configuration.get().infrastructures().stream()
                .flatMap(infrastructure -> infrastructure.nodes().stream().map(address -> Place.of(infrastructure.id(), address)))
                .collect(Collectors.toSet());
        nodes.keySet().retainAll(there);
    }

    /** How many nodes there is something of. */
    int size() {
        return nodes.size();
    }

    /** What the nodes of this infrastructure have reported, in its order; empty where one has reported nothing. */
    public List<Optional<Node>> of(Infrastructure infrastructure) {
        return infrastructure.nodes().stream()
                .map(address -> Optional.ofNullable(nodes.get(Place.of(infrastructure.id(), address))))
                .toList();
    }

    private static List<Reported> reported(Collection<NodeResource> resources, Instant at) {
        return resources.stream().map(resource -> new Reported(resource, at)).toList();
    }

    private static List<Reported> sorted(Collection<Reported> resources) {
        return resources.stream()
                .sorted(Comparator.comparing((Reported each) -> each.resource().kind())
                        .thenComparing(each -> each.resource().name())
                        .thenComparing(each -> each.resource().language(), Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }
}
