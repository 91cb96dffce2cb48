package org.springframework.security.authentication;

import java.util.Collection;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

public abstract class AbstractAuthenticationToken implements Authentication {

    public Collection<GrantedAuthority> getAuthorities() {
        throw new UnsupportedOperationException();
    }
}
