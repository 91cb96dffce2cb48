package io.jenkins.plugins.projectdeployer.node;

import java.util.Collection;
import java.util.Set;

/**
 * A connection of a node, without its parameters: those can hold secrets and are dropped as soon as they are read.
 *
 * @param type such as {@code PostgreSQL}
 * @param usableByAll else only by {@code allowedGroups}
 * @param allowWrite whether projects may write there
 */
public record NodeConnection(
        String name, String type, boolean usableByAll, Set<String> allowedGroups, boolean allowWrite) {

    /** Freezes the groups. */
    public NodeConnection {
        allowedGroups = Set.copyOf(allowedGroups);
    }

    /** Whether somebody in these groups, who is no administrator of the node, may use it. */
    public boolean usableBy(Collection<String> groups) {
        return usableByAll || groups.stream().anyMatch(allowedGroups::contains);
    }
}
