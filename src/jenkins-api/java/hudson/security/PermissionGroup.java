package hudson.security;

import java.util.List;
import org.jvnet.localizer.Localizable;

public final class PermissionGroup implements Iterable<Permission>, Comparable<PermissionGroup> {

    public PermissionGroup(Class owner, Localizable title) {}

    public List<Permission> getPermissions() {
        throw new UnsupportedOperationException();
    }
}
