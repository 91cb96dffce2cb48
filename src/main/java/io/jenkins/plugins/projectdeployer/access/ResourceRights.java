package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.Collection;
import java.util.Optional;

/**
 * What somebody may do on a node with a code env, a cluster or a containerized execution configuration there. Names compare
 * exactly, as Dataiku's do. Source: seed "Per-Resource Group Permissions".
 *
 * @param login null: nobody in person, so that only what the groups have counts
 * @param groups of the node that they are in
 * @param administrator whether they administer the node, and so may everything
 */
public record ResourceRights(String login, Collection<String> groups, boolean administrator) {

    /** The highest right, which implies the lower ones; empty: none. */
    public Optional<ResourceRight> on(ResourceGrants resource) {
        if (administrator) {
            return Optional.of(ResourceRight.ADMIN);
        }
        Optional<ResourceRight> granted = resource.withOwner().stream()
                .filter(this::isAbout)
                .map(Grant::right)
                .max(ResourceRight::compareTo);
        return granted.isPresent() || !resource.usableByAll() ? granted : Optional.of(ResourceRight.USE);
    }

    /** Whether they may do this. */
    public boolean may(ResourceGrants resource, ResourceRight right) {
        return on(resource).filter(held -> held.implies(right)).isPresent();
    }

    private boolean isAbout(Grant<ResourceRight> grant) {
        return grant.principal().isGroup() ? groups.contains(grant.group()) : grant.user().equals(login);
    }
}
