package com.cloudbees.plugins.credentials.domains;

public class HostnamePortRequirement extends DomainRequirement {

    public String getHostname() {
        throw new UnsupportedOperationException();
    }

    public int getPort() {
        throw new UnsupportedOperationException();
    }
}
