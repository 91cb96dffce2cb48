package hudson.security;

import org.springframework.security.core.Authentication;

public abstract class ACL {

    public static final String ANONYMOUS_USERNAME = "anonymous";

    public static final Authentication SYSTEM2 = null;

    public static final String SYSTEM_USERNAME = "SYSTEM";

    public static ACLContext as2(Authentication auth) {
        throw new UnsupportedOperationException();
    }

    public boolean hasPermission2(Authentication a, Permission permission) {
        throw new UnsupportedOperationException();
    }

    public static boolean isAnonymous2(Authentication authentication) {
        throw new UnsupportedOperationException();
    }
}
