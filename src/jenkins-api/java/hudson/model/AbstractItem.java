package hudson.model;

import hudson.security.AccessControlled;
import jenkins.model.Loadable;
import org.kohsuke.stapler.StaplerProxy;

public abstract class AbstractItem extends Actionable implements Loadable, Item, AccessControlled, DescriptorByNameOwner, StaplerProxy {

    public final String getFullName() {
        throw new UnsupportedOperationException();
    }

    public ItemGroup<? extends Item> getParent() {
        throw new UnsupportedOperationException();
    }
}
