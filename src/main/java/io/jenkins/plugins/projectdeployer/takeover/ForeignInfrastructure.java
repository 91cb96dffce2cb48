package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        left.unknown(settings, KNOWN, named);
        Remapping remapping = Foreign.remapping(settings.path("remapping"));
        return new Infrastructure(id, Foreign.text(settings, "stage"), nodes(), Foreign.text(settings, "automationNodeExternalUrl"),
                Foreign.grants(settings.path("permissions"), FLAGS, InfrastructureRight::implies), remapping.connections(),
                remapping.codeEnvs(), remapping.containerExecs(), codeEnvs(), policies(), List.of(), List.of());
    }

    /** One of several names its URL where the other deployer is ours; Dataiku's names ids, for which its own directory has the URLs. */
    private List<NodeAddress> nodes() {
        boolean trustAll = settings.path("trustAllSSLCertificates").asBoolean();
        List<NodeAddress> nodes = new ArrayList<>();
        JsonNode several = settings.path("automationNodes");
        for (JsonNode node : several) {
            String url = Foreign.text(node, "automationNodeUrl");
            String nodeId = Foreign.text(node, "nodeId");
            if (url == null && several.size() == 1) {
                break;
            }
            if (url == null) {
                left.add(named + ": the URL of its node " + Ids.printable(nodeId) + "; enter it.");
                url = placeholder(nodeId);
            }
            String key = several.size() == 1 ? id + "-key" : id + "-" + (nodes.size() + 1) + "-key";
            nodes.add(new NodeAddress(url, key, null, trustAll || node.path("trustAllSSLCertificates").asBoolean()));
        }
        if (nodes.isEmpty()) {
            String url = Foreign.text(settings, "automationNodeUrl");
            if (url == null) {
                left.add(named + ": the URL of its node, which the deployer has from its own directory of nodes; enter it.");
                url = placeholder(Foreign.text(settings, "nodeId"));
            }
            nodes.add(new NodeAddress(url, id + "-key", null, trustAll));
        }
        return nodes;
    }

    /** Names that end so are nobody's. */
    private String placeholder(String nodeId) {
        return "https://" + (nodeId == null ? id : nodeId).toLowerCase().replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + ".invalid:443";
    }

    private CodeEnvsBehavior codeEnvs() {
        return settings.hasNonNull("codeEnvsBehavior")
                ? Json.MAPPER.convertValue(settings.get("codeEnvsBehavior"), CodeEnvsBehavior.class) : CodeEnvsBehavior.DEFAULT;
    }

    private Policies policies() {
        for (String hooks : List.of("preDeploymentHooks", "postDeploymentHooks")) {
            settings.path(hooks).forEach(hook -> left.add(named + ": hook " + Ids.printable(hook.path("name").asText()) + " of " + hooks
                    + "; enter it, and have its text approved."));
        }
        String propagation = Foreign.text(settings, "permissionsPropagationPolicy");
        if (propagation == null) {
            left.add(named + ": hooks, deploy-as and run-as users, permissions propagation and renamed connections, which the API of a"
                    + " Dataiku Deployer does not show; enter those that it has.");
            return Policies.DEFAULT;
        }
        return new Policies(Json.MAPPER.convertValue(propagation, PermissionsPropagation.class), Foreign.text(settings, "deployAsUser"),
                Foreign.text(settings, "scenariosRunAsUser"), Foreign.text(settings, "webappsRunAsUser"));
    }
}
