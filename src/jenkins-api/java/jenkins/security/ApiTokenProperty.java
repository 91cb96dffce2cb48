package jenkins.security;

import hudson.model.UserProperty;

public class ApiTokenProperty extends UserProperty {

    public boolean matchesPassword(String password) {
        throw new UnsupportedOperationException();
    }
}
