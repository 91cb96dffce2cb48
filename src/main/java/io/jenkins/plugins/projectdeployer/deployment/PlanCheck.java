package io.jenkins.plugins.projectdeployer.deployment;

/** One question that a plan asks about one node. It reports all that it finds and stops at nothing. */
@FunctionalInterface
interface PlanCheck {

    void on(NodeFacts node, Intent intent, Findings findings);
}
