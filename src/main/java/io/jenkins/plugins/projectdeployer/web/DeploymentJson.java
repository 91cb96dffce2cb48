package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Lengths;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A deployment in Dataiku's shapes (facts B7). */
final class DeploymentJson {

    /** Of a deployment's settings. */
    static final Set<String> FIELDS = Set.of("id", "infraId", "publishedProjectKey", "bundleId", "deployedProjectKey", "projectFolder",
            "useInfrastructureRemapping", "disableAutomaticTriggers", "tags", "rollBackOnFailure", "testScenarios", "localVariables",
            "scenariosToActivate", "bundleContainerSettings");

    private DeploymentJson() {}

    static ObjectNode basicInfo(Deployment deployment, View view) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("id", deployment.id())
                .put("infraId", deployment.infrastructureId())
                .put("publishedProjectKey", deployment.projectKey())
                .put("bundleId", deployment.bundleId())
                .put("deployedProjectKey", deployment.targetProject())
                .put("createdByDisplayName", deployment.createdBy())
                .put("lastModifiedByDisplayName", view.lastChangedBy(deployment))
                .put("createdOn", deployment.createdAt().toEpochMilli());
        json.set("tags", Json.MAPPER.valueToTree(deployment.settings().tags()));
        return json;
    }

    /** The light status. */
    static ObjectNode light(Deployment deployment, Infrastructure infrastructure, View view, ArrayNode packages, boolean everDeployed) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("neverEverDeployed", !everDeployed);
        json.set("deploymentBasicInfo", basicInfo(deployment, view));
        json.set("infraBasicInfo", InfrastructureJson.basicInfo(infrastructure, view));
        json.set("projectBasicInfo", ProjectJson.basicInfo(deployment.projectKey()));
        json.set("packages", packages);
        return json;
    }

    static ObjectNode settings(Deployment deployment, Infrastructure infrastructure) {
        DeploymentSettings settings = deployment.settings();
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("id", deployment.id())
                .put("infraId", deployment.infrastructureId())
                .put("publishedProjectKey", deployment.projectKey())
                .put("bundleId", deployment.bundleId())
                .put("deployedProjectKey", deployment.targetProject())
                .put("projectFolder", settings.projectFolder())
                .put("useInfrastructureRemapping", settings.useInfrastructureRemapping())
                .put("disableAutomaticTriggers", settings.disableAutomaticTriggers());
        json.set("tags", Json.MAPPER.valueToTree(settings.tags()));
        json.put("rollBackOnFailure", settings.onFailure() == OnFailure.ROLLBACK)
                .set("testScenarios", Json.MAPPER.valueToTree(settings.testScenarios()));
        json.set("localVariables", Json.MAPPER.valueToTree(settings.variables() == null ? Map.of() : settings.variables()));
        json.set("scenariosToActivate", Json.MAPPER.valueToTree(settings.scenarios()));
        ObjectNode container = json.putObject("bundleContainerSettings");
        container.set("remapping", RemappingJson.tables(settings.remapping()));
        container.set("codeEnvsBehavior", Json.MAPPER.valueToTree(infrastructure.codeEnvsBehavior()));
        return json;
    }

    /**
     * The settings that a document says. What it leaves out stays; what it holds replaces what was there, tables of
     * renamed resources too. What belongs to the deployment for good, or to its infrastructure, may be there unchanged.
     */
    static DeploymentSettings read(ObjectNode json, Deployment deployment, Infrastructure infrastructure) {
        Fields.unchanged(json, "id", deployment.id(), "a deployment keeps its id");
        Fields.unchanged(json, "infraId", deployment.infrastructureId(), "create another deployment for that infrastructure");
        Fields.unchanged(json, "publishedProjectKey", deployment.projectKey(), "create another deployment of that project");
        Fields.unchanged(json, "deployedProjectKey", deployment.targetProject(), "create another deployment to that project");
        JsonNode container = json.path("bundleContainerSettings");
        Fields.known(container, "bundleContainerSettings", List.of("remapping", "codeEnvsBehavior"));
        JsonNode behavior = container.path("codeEnvsBehavior");
        Fields.known(behavior, "codeEnvsBehavior", List.of("importTimeMode", "envImportSpecificationMode"));
        String how = "it belongs to the infrastructure";
        Fields.unchanged(behavior, "importTimeMode", infrastructure.codeEnvsBehavior().importTimeMode().name(), how);
        Fields.unchanged(behavior, "envImportSpecificationMode",
                infrastructure.codeEnvsBehavior().envImportSpecificationMode().name(), how);
        DeploymentSettings before = deployment.settings();
        DeploymentSettings after = new DeploymentSettings(
                json.has("projectFolder") ? Fields.text(json, "projectFolder") : before.projectFolder(),
                null,
                null,
                null,
                Fields.flag(json, "useInfrastructureRemapping", before.useInfrastructureRemapping()),
                variables(json, before.variables()),
                json.hasNonNull("scenariosToActivate") ? scenarios(json) : before.scenarios(),
                Fields.flag(json, "disableAutomaticTriggers", before.disableAutomaticTriggers()),
                json.hasNonNull("tags") ? tags(json) : before.tags(),
                json.hasNonNull("testScenarios") ? Fields.texts(json, "testScenarios") : before.testScenarios(),
                Fields.flag(json, "rollBackOnFailure", before.onFailure() == OnFailure.ROLLBACK) ? OnFailure.ROLLBACK : null);
        return after.withRemapping(RemappingJson.read(container.path("remapping"), before.remapping()));
    }

    /**
     * Null leaves them to the node, an object is all of them. Nothing set shows as an empty object; coming back as one, it
     * is still nothing set, and wipes nothing on the node.
     */
    private static Map<String, JsonNode> variables(ObjectNode json, Map<String, JsonNode> before) {
        Map<String, JsonNode> said = json.has("localVariables") ? Fields.object(json, "localVariables") : before;
        return said != null && said.isEmpty() && before == null ? null : said;
    }

    private static Map<String, Boolean> scenarios(ObjectNode json) {
        Map<String, Boolean> scenarios = new HashMap<>();
        Fields.object(json, "scenariosToActivate").forEach((id, active) -> {
            if (!active.isBoolean()) {
                throw Refused.invalid("scenariosToActivate says true or false for each scenario.");
            }
            scenarios.put(id, active.booleanValue());
        });
        return scenarios;
    }

    private static List<String> tags(ObjectNode json) {
        List<String> tags = Fields.texts(json, "tags");
        Lengths.checked("tags", String.join(", ", tags), Lengths.REASON);
        return tags;
    }
}
