package hudson.model;

import hudson.security.AccessControlled;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.Loadable;
import org.kohsuke.stapler.StaplerProxy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

public class User implements ModelObject, AccessControlled, DescriptorByNameOwner, Loadable, Saveable, Comparable<User>, StaplerProxy {

    public static User getById(String id, boolean create) {
        throw new UnsupportedOperationException();
    }

    public static Collection<User> getAll() {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }

    public <T extends UserProperty> T getProperty(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public Authentication impersonate2() throws UsernameNotFoundException {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public Object getTarget() {
        throw new UnsupportedOperationException();
    }

    public void load() {
        throw new UnsupportedOperationException();
    }

    public void save() throws IOException {
        throw new UnsupportedOperationException();
    }
}
