package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Infrastructure;

/** Knows which node belongs to which infrastructure, by what nodes said of themselves. */
@FunctionalInterface
interface NodeOwners {

    /** Whether an infrastructure other than this one has the node of this id. */
    boolean belongsToAnother(String nodeId, Infrastructure infrastructure);
}
