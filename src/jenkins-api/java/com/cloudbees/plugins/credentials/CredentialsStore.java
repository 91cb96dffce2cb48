package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Saveable;
import hudson.security.AccessControlled;
import java.io.IOException;
import java.util.List;

public abstract class CredentialsStore implements AccessControlled, Saveable {

    public abstract boolean addCredentials(Domain domain, Credentials credentials) throws IOException;

    public final boolean addDomain(Domain domain, Credentials... credentials) throws IOException {
        throw new UnsupportedOperationException();
    }

    public abstract List<Credentials> getCredentials(Domain domain);

    public List<Domain> getDomains() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean removeCredentials(Domain domain, Credentials credentials) throws IOException;
}
