package hudson;

import hudson.model.ModelObject;
import java.net.URL;

public class PluginWrapper implements Comparable<PluginWrapper>, ModelObject {

    public final URL baseResourceURL = null;

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public boolean isActive() {
        throw new UnsupportedOperationException();
    }
}
