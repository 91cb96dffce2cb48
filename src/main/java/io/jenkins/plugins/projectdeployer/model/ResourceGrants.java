package io.jenkins.plugins.projectdeployer.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may do what with a code env, a managed cluster or a containerized execution configuration. Source: seed
 * "Per-Resource Group Permissions".
 *
 * @param owner has every right on it; null: nobody does
 * @param usableByAll whether everybody may use it
 * @param grants who else may do what
 */
public record ResourceGrants(String owner, boolean usableByAll, List<Grant<ResourceRight>> grants) {

    public ResourceGrants {
        owner = Text.trimmed(owner);
        grants = Text.list(grants);
    }

    /** The grants, that of the owner among them. */
    public List<Grant<ResourceRight>> withOwner() {
        if (owner == null) {
            return grants;
        }
        List<Grant<ResourceRight>> all = new ArrayList<>(grants);
        all.add(Grant.toUser(owner, ResourceRight.ADMIN));
        return all;
    }
}
