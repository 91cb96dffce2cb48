package jenkins.security;

import hudson.model.UserProperty;
import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;

public class LastGrantedAuthoritiesProperty extends UserProperty {

    public Collection<? extends GrantedAuthority> getAuthorities2() {
        throw new UnsupportedOperationException();
    }
}
