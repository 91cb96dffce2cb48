package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.node.NodeDirectory;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is in which group of a node, and which groups administer it.
 *
 * @param groups of the users who may act, by login
 * @param administrators the groups that administer the node
 */
record NodeMembers(Map<String, Set<String>> groups, Set<String> administrators) {

    NodeMembers {
        groups = Map.copyOf(groups);
        administrators = Set.copyOf(administrators);
    }

    /** As the node's directory has them. */
    static NodeMembers of(Map<String, NodeDirectory.User> users, Map<String, NodeDirectory.Group> groups) {
        return new NodeMembers(
                users.entrySet().stream()
                        .filter(user -> user.getValue().enabled())
                        .collect(Collectors.toMap(Map.Entry::getKey, user -> user.getValue().groups())),
                groups.values().stream()
                        .filter(NodeDirectory.Group::administrators)
                        .map(NodeDirectory.Group::name)
                        .collect(Collectors.toSet()));
    }

    /**
     * The groups of each login, as far as they have rights on one of these or administer the node. A node may have many
     * users, and most are in the same few groups that matter: those sets are kept once.
     */
    Map<String, Set<String>> inGroupsOf(Collection<NodeResource> resources) {
        Set<String> matter = new HashSet<>(administrators);
        resources.forEach(resource -> resource.grants().grants().stream()
                .filter(grant -> grant.principal().isGroup())
                .forEach(grant -> matter.add(grant.group())));
        Map<Set<String>, Set<String>> known = new HashMap<>();
        Map<String, Set<String>> members = new HashMap<>();
        groups.forEach((login, all) -> {
            Set<String> some = all.stream().filter(matter::contains).collect(Collectors.toSet());
            if (!some.isEmpty()) {
                members.put(login, known.computeIfAbsent(some, Set::copyOf));
            }
        });
        return Map.copyOf(members);
    }
}
