package com.cloudbees.plugins.credentials.domains;

public class HostnamePortSpecification extends DomainSpecification {

    public HostnamePortSpecification(String includes, String excludes) {}
}
