package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

public interface Item extends Saveable, ModelObject, AccessControlled {

    Permission CONFIGURE = null;

    String getFullName();

    ItemGroup<? extends Item> getParent();
}
