package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

/**
 * The containerized execution configurations and clusters that the project asks for are there. Activation does
 * not look at them, but jobs fail without, so these are warnings (facts A2.30, A2.31).
 */
final class ContainerCheck implements PlanCheck {

    /** Before this version a node has no table for them, and drops what it is sent (facts A2.30). */
    private static final String REMAPS_SINCE = "13.5";

    @Override
    public void on(NodeFacts node, Intent intent, Findings findings) {
        if (!intent.remapping().containerExecs().isEmpty() && VersionCheck.isOlder(node.version(), REMAPS_SINCE)) {
            findings.error("CONTAINER_EXEC_REMAP_UNSUPPORTED", "The node runs DSS " + quoted(node.version()) + ", which cannot remap"
                    + " containerized execution configurations; update it to " + REMAPS_SINCE + " or later, or empty containerExecs of"
                    + " the deployment.");
        }
        intent.contents().containerExecs().forEach(source -> containerExec(source, node, intent, findings));
        intent.contents().clusters().forEach(written -> cluster(written, node, intent, findings));
    }

    private static void containerExec(String source, NodeFacts node, Intent intent, Findings findings) {
        String target = intent.remapping().containerExec(source);
        String called = "Containerized execution configuration " + quoted(target)
                + (target.equals(source) ? "" : ", which " + quoted(source) + " is remapped to,");
        if (!node.resources().containerExecs().contains(target)) {
            findings.warning("CONTAINER_EXEC_MISSING", called + " does not exist on the node; create it there or remap "
                    + quoted(source) + " with containerExecs.");
        }
    }

    private static void cluster(String written, NodeFacts node, Intent intent, Findings findings) {
        String id = intent.cluster(written);
        if (Intent.dependsOnVariable(id)) {
            findings.info("CLUSTER_BY_VARIABLE", "Cluster " + quoted(id) + " depends on a variable that the deployment does not set,"
                    + " so it was not looked for on the node.");
        } else if (!node.resources().clusters().contains(id)) {
            findings.warning("CLUSTER_MISSING", "Cluster " + quoted(id) + " does not exist on the node; create it there, or name it in the"
                    + " project by a variable and set that in variables.");
        }
    }
}
