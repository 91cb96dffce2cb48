package hudson.security;

import hudson.model.Describable;
import jenkins.model.IdStrategy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

public abstract class SecurityRealm implements Describable<SecurityRealm> {

    public static final GrantedAuthority AUTHENTICATED_AUTHORITY2 = null;

    public IdStrategy getGroupIdStrategy() {
        throw new UnsupportedOperationException();
    }

    public IdStrategy getUserIdStrategy() {
        throw new UnsupportedOperationException();
    }

    public UserDetails loadUserByUsername2(String username) {
        throw new UnsupportedOperationException();
    }
}
