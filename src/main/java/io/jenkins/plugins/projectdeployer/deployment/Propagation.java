package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.ProjectPermission;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The permissions of a newly deployed project (seed "Permissions propagation", facts A4.1 to A4.4). The deploying user
 * becomes owner whatever the policy says, so the design project's owner is carried over like anybody else who has rights
 * there: as a reader, or with all rights. Nobody is ever created on a node.
 */
final class Propagation {

    private Propagation() {}

    /** What the policy gives to whom, before anybody looks whether the nodes know them. */
    static List<ProjectPermissions> wanted(PermissionsPropagation policy, BundleContents contents, String deployingUser) {
        if (policy == PermissionsPropagation.NONE) {
            return List.of();
        }
        Map<Principal, Set<String>> flags = new LinkedHashMap<>();
        for (ProjectPermissions line : contents.permissions()) {
            flags.computeIfAbsent(line.principal(), who -> new TreeSet<>()).addAll(line.flags());
        }
        if (contents.owner() != null && !contents.owner().equals(deployingUser)) {
            flags.computeIfAbsent(Principal.ofUser(contents.owner()), who -> new TreeSet<>()).add(ProjectPermission.ADMIN.flag());
        }
        Set<String> reader = Set.of(ProjectPermission.READ_PROJECT_CONTENT.flag());
        return flags.entrySet().stream()
                .map(line -> new ProjectPermissions(line.getKey().group(), line.getKey().user(),
                        policy == PermissionsPropagation.ALL ? line.getValue() : reader))
                .toList();
    }

    /** The scheme for nodes that are one deployment: who is missing on one of them is left out on all. */
    static Plan.Scheme scheme(String owner, List<ProjectPermissions> wanted, List<NodeFacts> nodes) {
        List<ProjectPermissions> kept = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (ProjectPermissions line : wanted) {
            if (nodes.stream().allMatch(node -> knows(node, line.principal()))) {
                kept.add(line);
            } else {
                leftOut.add(line.principal().toString());
            }
        }
        return new Plan.Scheme(owner, kept, leftOut);
    }

    /** Those of the wanted principals that this node does not know. */
    static List<Principal> missing(List<ProjectPermissions> wanted, NodeFacts node) {
        return wanted.stream().map(ProjectPermissions::principal).filter(principal -> !knows(node, principal)).toList();
    }

    private static boolean knows(NodeFacts node, Principal principal) {
        return principal.isGroup() ? node.groups().containsKey(principal.group()) : node.users().containsKey(principal.user());
    }
}
