package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What one update will do, frozen: from the recheck on the update carries out this record, never live configuration.
 *
 * @param deployment with the bundle and the settings that it is to have
 * @param firstDeployment whether the project is not on the nodes yet, or came there by this deployment and nothing has set
 *     its owner and permissions so far
 * @param bundleSha256 of the archive that is sent
 * @param infrastructure as it was configured when the plan was made, hook texts included, keys never
 * @param codeEnvs those that its hooks name, as they were registered then
 * @param users who acts as whom
 * @param remapping what is laid over the bundle's names, all sources merged
 * @param permissions the project's scheme where it is new on a node, or unsecured; null when it is so on none
 * @param nodes what was found on each node, in the infrastructure's order
 * @param testScenarios run after activation
 * @param onFailure what then
 * @param restore for a roll back: what to bring back on each node besides the bundle; null for a deployment
 * @param messages every problem at once
 */
public record Plan(
        Deployment deployment,
        boolean firstDeployment,
        String bundleSha256,
        Infrastructure infrastructure,
        List<CodeEnv> codeEnvs,
        Users users,
        Remapping remapping,
        Scheme permissions,
        List<PlannedNode> nodes,
        List<String> testScenarios,
        OnFailure onFailure,
        WayBack restore,
        List<Message> messages) {

    public Plan {
        codeEnvs = Text.list(codeEnvs);
        nodes = Text.list(nodes);
        testScenarios = Text.list(testScenarios);
        messages = Text.list(messages);
    }

    /** The same without what its hooks are and where their interpreters lie. */
    Plan withoutHooks() {
        return new Plan(deployment, firstDeployment, bundleSha256, infrastructure.withoutHooks(), List.of(), users, remapping,
                permissions, nodes, testScenarios, onFailure, restore, messages);
    }

    /** The same plan with another view of its infrastructure. */
    public Plan with(Infrastructure shown) {
        return new Plan(deployment, firstDeployment, bundleSha256, shown, codeEnvs, users, remapping, permissions, nodes,
                testScenarios, onFailure, restore, messages);
    }

    /** Whether owner and permissions are to be set on this node: the project is new there, or unsecured. A roll back sets none. */
    public boolean securesAnew(PlannedNode node) {
        return restore == null && permissions != null && (firstDeployment || !node.projectPresent() || node.unsecured());
    }

    /** Whether something in it forbids going on. */
    @JsonIgnore
    public boolean hasErrors() {
        return messages.stream().anyMatch(message -> message.severity() == Message.Severity.ERROR);
    }

    /** Whether something in it asks for {@code ignoreWarnings}. */
    @JsonIgnore
    public boolean hasWarnings() {
        return messages.stream().anyMatch(message -> message.severity() == Message.Severity.WARNING);
    }

    /**
     * Who acts.
     *
     * @param requestingUser Jenkins user id
     * @param requestingLogin the same person's login on the nodes
     * @param deployingUser login under which the project is changed
     * @param scenariosRunAsUser login; null: left as it is
     * @param webAppsRunAsUser login; null: left as it is
     */
    public record Users(
            String requestingUser,
            String requestingLogin,
            String deployingUser,
            String scenariosRunAsUser,
            String webAppsRunAsUser) {}

    /**
     * A project's permissions on the node.
     *
     * @param owner login of the deploying user
     * @param permissions without the principals that the node does not know
     * @param leftOut those principals, as {@code group x} or {@code user y}
     */
    public record Scheme(String owner, List<ProjectPermissions> permissions, List<String> leftOut) {

        public Scheme {
            permissions = Text.list(permissions);
            leftOut = Text.list(leftOut);
        }
    }

    /**
     * A node as the plan found it.
     *
     * @param address where it is
     * @param name how people call it: its own id, or its place in the infrastructure; never its address, which not every
     *     reader may see
     * @param nodeId what it calls itself
     * @param version of DSS; may be null
     * @param projectPresent whether the target project is there
     * @param activeBundle the bundle active there; null when none is
     * @param unsecured whether an update of the deployment has made the project there and none has set its owner and
     *     permissions since
     */
    public record PlannedNode(
            NodeAddress address,
            String name,
            String nodeId,
            String version,
            boolean projectPresent,
            String activeBundle,
            boolean unsecured) {

        /** A node without the project, or with one whose owner and permissions are set. */
        public PlannedNode(NodeAddress address, String name, String nodeId, String version, boolean projectPresent, String activeBundle) {
            this(address, name, nodeId, version, projectPresent, activeBundle, false);
        }
    }
}
