package io.jenkins.plugins.projectdeployer.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a group or user may do in a Dataiku project: what is granted, and what that grants automatically. The owner may do
 * everything. Source: seed "Project Permissions".
 */
public final class HeldPermissions {

    private final Set<ProjectPermission> granted = EnumSet.noneOf(ProjectPermission.class);
    private final Set<ProjectPermission> implied = EnumSet.noneOf(ProjectPermission.class);
    private final Set<String> otherFlags = new TreeSet<>();

    /** How somebody has a permission. */
    public enum Held {
        GRANTED,
        /** With another one, or as the owner. */
        IMPLIED,
        NO;

        /** Whether they have it. */
        public boolean isHeld() {
            return this != NO;
        }
    }

    private HeldPermissions(Collection<String> flags, boolean owner) {
        flags.forEach(flag -> ProjectPermission.ofFlag(flag).ifPresentOrElse(granted::add, () -> otherFlags.add(flag)));
        granted.forEach(permission -> implied.addAll(permission.alsoGrants()));
        if (owner) {
            implied.addAll(EnumSet.allOf(ProjectPermission.class));
        }
    }

    /** @param flags those that are on, by the node's names */
    public static HeldPermissions of(Collection<String> flags, boolean owner) {
        return new HeldPermissions(flags, owner);
    }

    /** How they have this permission. */
    public Held held(ProjectPermission permission) {
        return granted.contains(permission) ? Held.GRANTED : implied.contains(permission) ? Held.IMPLIED : Held.NO;
    }

    /** Flags that are on and are none of the eleven, as nodes of later versions have them. */
    public Set<String> otherFlags() {
        return Set.copyOf(otherFlags);
    }
}
