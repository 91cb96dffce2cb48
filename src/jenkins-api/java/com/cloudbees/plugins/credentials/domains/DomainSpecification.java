package com.cloudbees.plugins.credentials.domains;

public abstract class DomainSpecification {}
