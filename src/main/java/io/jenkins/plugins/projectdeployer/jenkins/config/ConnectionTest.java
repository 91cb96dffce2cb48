package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.NodeCheck;
import io.jenkins.plugins.projectdeployer.node.NodeInfo;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The answer to Test connection: what the node says that it is, and what is missing. A credential is looked up for the URL
 * that is tested, so that one which belongs to another host does not go there.
 */
final class ConnectionTest {

    private static final int LONGEST = 400;

    private ConnectionTest() {}

    static FormValidation of(NodeAddress node, String typedKey, Function<Supplier<String>, NodeCheck> ask) {
        String problem = ConfigurationCheck.urlProblem(node.url());
        if (problem != null) {
            return FormValidation.error(Messages.Field_url() + " " + problem);
        }
        String typed = Secret.fromString(typedKey).getPlainText();
        if (typed.isBlank() && node.credentialsId() == null) {
            return FormValidation.error(Messages.ConnectionTest_noKey());
        }
        try {
            NodeCheck check = ask.apply(() -> typed.isBlank() ? NodeKeys.key(node) : typed);
            String who = check.node().map(ConnectionTest::said).orElse("");
            return check.passed()
                    ? FormValidation.ok(who + Messages.ConnectionTest_passed())
                    : FormValidation.error(shortened(who + String.join(" ", check.problems())));
        } catch (Refused | IllegalArgumentException e) {
            return FormValidation.error(shortened(e.getMessage()));
        }
    }

    private static String named(NodeInfo node) {
        boolean said = node.nodeId() == null || node.nodeId().equals(node.nodeName());
        return said ? node.nodeName() : node.nodeName() + " (" + node.nodeId() + ")";
    }

    private static String said(NodeInfo node) {
        String version = node.version() == null ? "" : ", DSS " + node.version();
        return Ids.printable(named(node) + ": " + node.nodeType() + version) + ". ";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
