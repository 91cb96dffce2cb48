package io.jenkins.plugins.projectdeployer.node;

import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a node can be deployed to, or exported from: what "test connection" shows.
 *
 * @param node what it says of itself; empty where it did not come to that
 * @param problems one sentence each; empty when all is well
 */
public record NodeCheck(Optional<NodeInfo> node, List<String> problems) {

    /** Freezes the problems. */
    public NodeCheck {
        problems = List.copyOf(problems);
    }

    /** Whether all is well. */
    public boolean passed() {
        return problems.isEmpty();
    }

    /** An automation node, with a key that has global admin rights. */
    public static NodeCheck ofAutomation(NodeHttp http) {
        return of(http, "AUTOMATION", "deployed to");
    }

    /** A design node; its key must be an administrator's to export as the requesting user. */
    public static NodeCheck ofDesign(NodeHttp http) {
        return of(http, "DESIGN", "exported from");
    }

    private static NodeCheck of(NodeHttp http, String type, String purpose) {
        NodeInfo info;
        try {
            info = NodeInstance.info(http);
        } catch (NodeException e) {
            return new NodeCheck(Optional.empty(), List.of(e.getMessage()));
        }
        List<String> problems = new ArrayList<>();
        if (!info.nodeType().equals(type)) {
            problems.add("Node \"" + http.name() + "\" is of type " + info.nodeType() + " and cannot be " + purpose
                    + ": give the URL of a node of type " + type + ".");
        }
        admin(http).ifPresent(problems::add);
        return new NodeCheck(Optional.of(info), problems);
    }

    /** Asks for something that only administrators get. */
    private static Optional<String> admin(NodeHttp http) {
        try {
            new NodeDirectory(http).groups();
            return Optional.empty();
        } catch (NodeException e) {
            return switch (e.kind()) {
                case FORBIDDEN, REFUSED -> Optional.of("The API key of node \"" + http.name()
                        + "\" is no global key with admin rights: make one in Administration > Security > Global API keys ("
                        + e.getMessage() + ")");
                default -> Optional.of(e.getMessage());
            };
        }
    }
}
