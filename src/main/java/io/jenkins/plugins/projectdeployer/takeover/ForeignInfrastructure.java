package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the settings of an infrastructure. What Dataiku's API does not show (facts B7: hooks, policies, renamed resources) is
 * taken where the other deployer is one of ours, and named as left behind where it is not.
 */
final class ForeignInfrastructure {

    private static final Map<String, InfrastructureRight> FLAGS = Map.of(
            "read", InfrastructureRight.READ, "deploy", InfrastructureRight.DEPLOY, "admin", InfrastructureRight.ADMIN);
    private static final Set<String> KNOWN = Set.of("id", "stage", "governCheckPolicy", "type", "autoconfigureFromNodesDirectory", "nodeId",
            "automationNodeUrl", "automationNodeExternalUrl", "adminApiKey", "trustAllSSLCertificates", "automationNodes", "permissions",
            "remapping", "codeEnvsBehavior", "permissionsPropagationPolicy", "deployAsUser", "scenariosRunAsUser", "webappsRunAsUser",
            "preDeploymentHooks", "postDeploymentHooks");

    private final JsonNode settings;
    private final Left left;
    private final String id;
    private final String named;

    private ForeignInfrastructure(JsonNode settings, Left left) {
        this.settings = settings;
        this.left = left;
        id = Foreign.id(settings.path("id").asText());
        named = "infrastructure " + id;
    }

    static Infrastructure read(JsonNode settings, Left left) {
        return new ForeignInfrastructure(settings, left).read();
    }

    private Infrastructure read() {
        if (!id.equals(settings.path("id").asText())) {
            left.add(named + ": is called " + Ids.printable(settings.path("id").asText()) + " there, which can be no id here.");
        }
        String govern = Foreign.text(settings, "governCheckPolicy");
        if (govern != null && !govern.equals("NO_CHECK")) {
            left.add(named + ": governCheckPolicy " + Ids.printable(govern) + "; give its stage a gate with approvals instead.");
        }
        if (Foreign.text(settings, "stage") == null) {
            left.add(named + ": has no stage; enter one.");
        }
        left.unknown(settings, KNOWN, named);
        Remapping remapping = Foreign.remapping(settings.path("remapping"));
        return new Infrastructure(id, Foreign.text(settings, "stage"), nodes(), Foreign.text(settings, "automationNodeExternalUrl"),
                Foreign.grants(settings.path("permissions"), FLAGS, InfrastructureRight::implies), remapping.connections(),
                remapping.codeEnvs(), remapping.containerExecs(), codeEnvs(), policies(), List.of(), List.of());
    }

    /** Where the other deployer does not tell the URL, it has it from its own directory of nodes. */
    private List<NodeAddress> nodes() {
        List<ForeignNode> theirs = ForeignNode.of(settings);
        List<NodeAddress> nodes = new ArrayList<>();
        for (ForeignNode node : theirs) {
            if (node.url() == null) {
                left.add(named + ": the URL of its node" + (node.nodeId() == null ? "" : " " + Ids.printable(node.nodeId()))
                        + ", which the deployer has from its own directory of nodes; enter it.");
            }
            String key = theirs.size() == 1 ? id + "-key" : id + "-" + (nodes.size() + 1) + "-key";
            nodes.add(new NodeAddress(node.url() == null ? placeholder(node.nodeId()) : node.url(), key, null, node.trustAll()));
        }
        return nodes;
    }

    /** Names that end so are nobody's. */
    private String placeholder(String nodeId) {
        return "https://" + (nodeId == null ? id : nodeId).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + ".invalid:443";
    }

    private CodeEnvsBehavior codeEnvs() {
        JsonNode behavior = settings.path("codeEnvsBehavior");
        return new CodeEnvsBehavior(
                word(behavior, "importTimeMode", CodeEnvsBehavior.ImportTimeMode::valueOf),
                word(behavior, "envImportSpecificationMode", CodeEnvsBehavior.SpecificationMode::valueOf));
    }

    /** A word of a few; null where there is none, or one that nobody here knows, which is left behind. */
    private <T> T word(JsonNode document, String field, Function<String, T> read) {
        String word = Foreign.text(document, field);
        try {
            return word == null ? null : read.apply(word);
        } catch (IllegalArgumentException e) {
            left.add(named + ": " + field + " " + Ids.printable(word) + ", which is not known here.");
            return null;
        }
    }

    private Policies policies() {
        for (String hooks : List.of("preDeploymentHooks", "postDeploymentHooks")) {
            settings.path(hooks).forEach(hook -> left.add(named + ": hook " + Ids.printable(hook.path("name").asText()) + " of " + hooks
                    + "; enter it, and have its text approved."));
        }
        if (Foreign.text(settings, "permissionsPropagationPolicy") == null) {
            left.add(named + ": hooks, deploy-as and run-as users, permissions propagation and renamed connections, which the API of a"
                    + " Dataiku Deployer does not show; enter those that it has.");
            return Policies.DEFAULT;
        }
        return new Policies(word(settings, "permissionsPropagationPolicy", PermissionsPropagation::of), Foreign.text(settings, "deployAsUser"),
                Foreign.text(settings, "scenariosRunAsUser"), Foreign.text(settings, "webappsRunAsUser"));
    }
}
