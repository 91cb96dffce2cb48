package hudson;

import hudson.model.ModelObject;
import org.kohsuke.stapler.StaplerProxy;

public abstract class PluginManager implements ModelObject, StaplerProxy {

    public PluginWrapper getPlugin(String shortName) {
        throw new UnsupportedOperationException();
    }
}
