package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;

/** Looks at a node for a plan. Changes nothing there. */
@FunctionalInterface
interface NodeReader {

    /**
     * Reads what the plan for this bundle has to know, each list once.
     *
     * @param address of the node
     * @param name how messages call it
     * @param target whose bundles matter, or whose folder
     * @param uses lists that the project does not touch are not read
     */
    NodeFacts read(NodeAddress address, String name, Deployment target, Uses uses) throws NodeException;
}
