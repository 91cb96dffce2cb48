package jenkins.security;

import hudson.ExtensionPoint;

public abstract class SecurityListener implements ExtensionPoint {

    public static void fireFailedToAuthenticate(String username) {
        throw new UnsupportedOperationException();
    }
}
