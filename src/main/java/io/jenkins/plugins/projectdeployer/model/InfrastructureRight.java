package io.jenkins.plugins.projectdeployer.model;

/** A right on an infrastructure; each implies the ones before it. Source: seed "Configuring an Automation infrastructure". */
public enum InfrastructureRight {
    /** See the infrastructure's deployments and their details. */
    READ,
    /** Create, update and delete deployments. */
    DEPLOY,
    /** See and edit all settings, hooks included. */
    ADMIN;

    /** Whether whoever holds this right holds {@code other} too. */
    public boolean implies(InfrastructureRight other) {
        return compareTo(other) >= 0;
    }
}
