package hudson.model;

import hudson.security.AccessControlled;
import java.util.concurrent.ExecutorService;
import org.kohsuke.stapler.StaplerProxy;

public abstract class Computer extends Actionable implements AccessControlled, ModelObject, DescriptorByNameOwner, StaplerProxy {

    public static final ExecutorService threadPoolForRemoting = null;
}
