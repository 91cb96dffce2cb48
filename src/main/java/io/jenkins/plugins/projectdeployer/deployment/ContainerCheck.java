package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The containerized execution configurations and clusters that the project asks for are there and usable. Activation does
 * not look at them, but jobs fail without, so these are warnings (facts A2.30, A2.31).
 */
final class ContainerCheck implements PlanCheck {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

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
        NodeFacts.UsableBy usableBy = node.containerExecs().get(target);
        String user = intent.users().deployingUser();
        if (usableBy == null) {
            findings.warning("CONTAINER_EXEC_MISSING", called + " does not exist on the node; create it there or remap "
                    + quoted(source) + " with containerExecs.");
        } else if (node.users().containsKey(user) && !node.mayUse(user, usableBy)) {
            findings.warning("CONTAINER_EXEC_NOT_ALLOWED", called + " may not be used by the deploying user " + quoted(user)
                    + "; let one of that user's groups use it on the node.");
        }
    }

    /** Clusters are no table's business: they are switched from node to node by a variable (facts A2.31). */
    private static void cluster(String written, NodeFacts node, Intent intent, Findings findings) {
        String id = expanded(written, intent.deployment().settings().variables());
        if (VARIABLE.matcher(id).find()) {
            findings.info("CLUSTER_BY_VARIABLE", "Cluster " + quoted(id) + " depends on a variable that the deployment does not set,"
                    + " so it was not looked for on the node.");
        } else if (!node.clusters().contains(id)) {
            findings.warning("CLUSTER_MISSING", "Cluster " + quoted(id) + " does not exist on the node; create it there, or name it in the"
                    + " project by a variable and set that in variables.");
        }
    }

    private static String expanded(String text, Map<String, JsonNode> variables) {
        if (variables == null) {
            return text;
        }
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                variables.containsKey(found.group(1)) ? variables.get(found.group(1)).asText() : found.group()));
    }
}
