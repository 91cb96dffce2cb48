package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is about to be done, as checks look at it.
 *
 * @param deployment as it is to be
 * @param past what its earlier updates did
 * @param sentTo nodes on which the bundle has arrived from here
 * @param bundle the one to deploy
 * @param infrastructure where it goes
 * @param users who acts as whom
 * @param remapping all sources merged
 */
record Intent(
        Deployment deployment,
        DeploymentPast past,
        Set<String> sentTo,
        Bundle bundle,
        Infrastructure infrastructure,
        Plan.Users users,
        Remapping remapping) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    /** What the bundle says of itself. */
    BundleContents contents() {
        return bundle.contents();
    }

    /** The project's key on the nodes. */
    String targetProject() {
        return deployment.targetProject();
    }

    /** Whether a project of the target's key on this node is the deployment's own; on another it may be somebody else's. */
    boolean ownsTarget(NodeReading node) {
        return past.owns(node.nodeId(), node.address().url());
    }

    /** Whether the bundle of this id on this node is the one that is to be deployed. */
    boolean hasSent(NodeReading node) {
        return sentTo.contains(DeploymentPast.node(node.nodeId(), node.address().url()));
    }

    CodeEnvsBehavior.ImportTimeMode codeEnvsMode() {
        return infrastructure.codeEnvsBehavior().importTimeMode();
    }

    /** What the project will use on the nodes. */
    Uses uses() {
        return new Uses(
                contents().codeEnvs().stream().map(remapping::codeEnv).collect(Collectors.toSet()),
                contents().containerExecs().stream().map(remapping::containerExec).collect(Collectors.toSet()),
                contents().clusters().stream().map(this::cluster).filter(id -> !dependsOnVariable(id)).collect(Collectors.toSet()));
    }

    /** Clusters are no table's business: they are switched from node to node by a variable (facts A2.31). */
    String cluster(String written) {
        Map<String, JsonNode> variables = deployment.settings().variables();
        return variables == null ? written : VARIABLE.matcher(written).replaceAll(found -> Matcher.quoteReplacement(
                variables.containsKey(found.group(1)) ? variables.get(found.group(1)).asText() : found.group()));
    }

    /** Whether a variable stands in it still. */
    static boolean dependsOnVariable(String cluster) {
        return VARIABLE.matcher(cluster).find();
    }
}
