package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.Stage;
import java.util.Map;

/**
 * An infrastructure in Dataiku's shapes (facts B7). What Dataiku's documents call by names that are published nowhere
 * stands here under names of ours, in Dataiku's style.
 */
final class InfrastructureJson {

    /** Flags of a line of grants, and the right that each stands for. */
    static final Map<String, InfrastructureRight> FLAGS = Map.of(
            "read", InfrastructureRight.READ, "deploy", InfrastructureRight.DEPLOY, "admin", InfrastructureRight.ADMIN);

    private InfrastructureJson() {}

    /** For whoever may see it. The node's address is for those as well (facts B7, {@code infraBasicInfo}). */
    static ObjectNode basicInfo(Infrastructure infrastructure, View view) {
        return Json.MAPPER.createObjectNode()
                .put("id", infrastructure.id())
                .put("stage", infrastructure.stage())
                .put("governCheckPolicy", governCheckPolicy(infrastructure, view))
                .put("automationNodeUrl", infrastructure.nodes().get(0).url())
                .put("automationNodeExternalUrl", infrastructure.externalUrl());
    }

    /** A gate here is what a Govern node is there: what is not approved does not go out. */
    private static String governCheckPolicy(Infrastructure infrastructure, View view) {
        boolean approvals = view.stage(infrastructure).map(Stage::gate).filter(gate -> gate.approvals() > 0).isPresent();
        return approvals ? "PREVENT" : "NO_CHECK";
    }

    /** A list item, which is the status too. */
    static ObjectNode status(Infrastructure infrastructure, View view) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("isAdmin", view.may(infrastructure, InfrastructureRight.ADMIN))
                .put("canDeploy", view.may(infrastructure, InfrastructureRight.DEPLOY));
        json.set("infraBasicInfo", basicInfo(infrastructure, view));
        ArrayNode deployments = json.putArray("deployments");
        view.deployments(deployment -> deployment.infrastructureId().equalsIgnoreCase(infrastructure.id()))
                .forEach(deployment -> deployments.add(DeploymentJson.basicInfo(deployment, view)));
        return json;
    }

    /** All settings, for its administrators; the key is not among them. */
    static ObjectNode settings(Infrastructure infrastructure, View view) {
        NodeAddress first = infrastructure.nodes().get(0);
        boolean several = infrastructure.nodes().size() > 1;
        ObjectNode json = basicInfo(infrastructure, view)
                .put("type", several ? "MULTI_AUTOMATION_NODE" : "AUTOMATION_NODE")
                .put("autoconfigureFromNodesDirectory", false)
                .put("nodeId", several ? null : view.nodeId(infrastructure, first))
                .put("trustAllSSLCertificates", first.trustAll());
        ArrayNode nodes = json.putArray("automationNodes");
        infrastructure.nodes().forEach(node -> nodes.addObject()
                .put("nodeId", view.nodeId(infrastructure, node))
                .put("automationNodeUrl", node.url())
                .put("credentialsId", node.credentialsId())
                .put("trustAllSSLCertificates", node.trustAll()));
        json.set("permissions", GrantsJson.lines(infrastructure.grants(), InfrastructureRight::implies, FLAGS));
        json.set("remapping", RemappingJson.tables(infrastructure.remapping()));
        json.set("codeEnvsBehavior", Json.MAPPER.valueToTree(infrastructure.codeEnvsBehavior()));
        Policies policies = infrastructure.policies();
        json.put("permissionsPropagationPolicy", policies.permissionsPropagation().name())
                .put("deployAsUser", policies.deployAsUser())
                .put("scenariosRunAsUser", policies.scenariosRunAsUser())
                .put("webappsRunAsUser", policies.webAppsRunAsUser());
        json.set("preDeploymentHooks", hooks(infrastructure, HookPhase.PRE));
        json.set("postDeploymentHooks", hooks(infrastructure, HookPhase.POST));
        return json;
    }

    private static ArrayNode hooks(Infrastructure infrastructure, HookPhase phase) {
        ArrayNode hooks = Json.MAPPER.createArrayNode();
        for (Hook hook : infrastructure.hooks(phase)) {
            hooks.addObject()
                    .put("name", hook.name())
                    .put("code", hook.text())
                    .put("codeEnv", hook.codeEnv())
                    .put("user", hook.user());
        }
        return hooks;
    }
}
