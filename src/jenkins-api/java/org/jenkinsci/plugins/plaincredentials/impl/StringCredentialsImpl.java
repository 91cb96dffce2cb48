package org.jenkinsci.plugins.plaincredentials.impl;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.util.Secret;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

public class StringCredentialsImpl implements StringCredentials {

    public StringCredentialsImpl(CredentialsScope scope, String id, String description, Secret secret) {}

    public String getId() {
        throw new UnsupportedOperationException();
    }

    public Secret getSecret() {
        throw new UnsupportedOperationException();
    }
}
