package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.ResourceRights;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan has to know of one node, as it was at one moment. Names compare exactly, as Dataiku's do. Nothing secret
 * is among it: of a connection only name, type and who may use it.
 *
 * @param nodeId what the node calls itself
 * @param nodeType such as {@code AUTOMATION}
 * @param version of DSS; null when the node does not say
 * @param connections by name
 * @param users by login
 * @param groups by name
 * @param resources code envs, clusters and containerized execution configurations, as far as the project uses such
 * @param projects key to active bundle; the bundle is null where none is active
 * @param importedBundles of the target project
 * @param hasFolder whether the project's folder is there, should the project have to be made
 */
record NodeFacts(
        String nodeId,
        String nodeType,
        String version,
        Map<String, Connection> connections,
        Map<String, User> users,
        Map<String, Group> groups,
        FoundResources resources,
        Map<String, Optional<String>> projects,
        Set<String> importedBundles,
        boolean hasFolder) {

    NodeFacts {
        connections = Map.copyOf(connections);
        users = Map.copyOf(users);
        groups = Map.copyOf(groups);
        projects = Map.copyOf(projects);
        importedBundles = Set.copyOf(importedBundles);
    }

    /** A connection, as far as a plan looks at it. */
    record Connection(String type, ResourceGrants grants) {}

    /** A user of the node. */
    record User(boolean enabled, Set<String> groups) {

        User {
            groups = Set.copyOf(groups);
        }
    }

    /**
     * A group of the node.
     *
     * @param administrators whether its members administer the node
     * @param mayCreateProjects empty when the node does not say
     */
    record Group(boolean administrators, Optional<Boolean> mayCreateProjects) {}

    /** What this login may do here with what carries grants of its own; one that the node does not know, what everybody may. */
    ResourceRights rights(String login) {
        User user = users.get(login);
        return user == null ? new ResourceRights(null, Set.of(), false) : new ResourceRights(login, user.groups(), administers(user));
    }

    /** Whether this login may create projects; empty when the node does not say. */
    Optional<Boolean> mayCreateProjects(String login) {
        User user = users.get(login);
        if (user == null || groups.values().stream().allMatch(group -> group.mayCreateProjects().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(administers(user) || user.groups().stream().map(groups::get)
                .anyMatch(group -> group != null && group.mayCreateProjects().orElse(false)));
    }

    private boolean administers(User user) {
        return user.groups().stream().map(groups::get).anyMatch(group -> group != null && group.administrators());
    }

    /** Whether there is a project of this key. */
    boolean hasProject(String key) {
        return projects.containsKey(key);
    }

    /** The bundle that is active in the project; null when none is, or when there is no such project. */
    String activeBundle(String projectKey) {
        return projects.getOrDefault(projectKey, Optional.empty()).orElse(null);
    }
}
