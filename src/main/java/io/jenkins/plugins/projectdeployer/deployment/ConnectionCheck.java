package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.TreeMap;

/**
 * Every connection that the bundle uses is there under its name after remapping, of the same type, and usable by the
 * deploying user. The codes are Dataiku's own (facts A2.28, A3).
 */
final class ConnectionCheck implements PlanCheck {

    static final String MISSING = "ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION";
    static final String BAD_TYPE = "ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_TYPE";
    static final String BAD_PERMISSIONS = "ERR_BUNDLE_ACTIVATE_BAD_CONNECTION_PERMISSIONS";

    @Override
    public void on(NodeFacts node, Intent intent, Findings findings) {
        new TreeMap<>(intent.contents().requiredConnections())
                .forEach((source, type) -> check(source, type, node, intent, findings));
    }

    private static void check(String source, String type, NodeFacts node, Intent intent, Findings findings) {
        String target = intent.remapping().connection(source);
        String called = "Connection " + quoted(target) + (target.equals(source) ? "" : ", which " + quoted(source) + " is remapped to,");
        NodeFacts.Connection connection = node.connections().get(target);
        if (connection == null && intent.contents().allowedMissingConnections().contains(source)) {
            findings.info(MISSING, called + " does not exist on the node; the bundle is allowed to do without.");
            return;
        }
        if (connection == null) {
            findings.error(MISSING, called + " does not exist on the node; create it there"
                    + (type.isBlank() ? "" : " with type " + quoted(type)) + " or remap " + quoted(source) + " to one that exists.");
            return;
        }
        if (!type.isBlank() && !connection.type().equals(type)) {
            findings.error(BAD_TYPE, called + " is of type " + quoted(connection.type()) + " on the node, but the bundle needs "
                    + quoted(type) + "; remap " + quoted(source) + " to a connection of that type.");
        }
        String user = intent.users().deployingUser();
        if (node.users().containsKey(user) && !node.rights(user).may(connection.grants(), ResourceRight.USE)) {
            findings.error(BAD_PERMISSIONS, called + " may not be used by the deploying user " + quoted(user)
                    + "; let one of that user's groups use it on the node.");
        }
    }
}
