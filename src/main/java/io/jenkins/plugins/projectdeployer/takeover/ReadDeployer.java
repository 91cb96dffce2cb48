package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Stage;
import io.jenkins.plugins.projectdeployer.node.DataikuDeployer;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads another deployer as a whole, in our terms. */
final class ReadDeployer {

    private static final Map<String, ProjectRight> FLAGS = Map.of(
            "read", ProjectRight.READ, "write", ProjectRight.WRITE, "deploy", ProjectRight.DEPLOY, "admin", ProjectRight.ADMIN);
    private static final Set<String> OF_PROJECTS = Set.of("id", "name", "owner", "permissions", "basicImageInfo");
    private static final Set<String> OF_DEPLOYMENTS = Set.of("id", "infraId", "tags", "publishedProjectKey", "bundleId", "deployedProjectKey",
            "projectFolderId", "projectFolder", "bundleContainerSettings", "localVariables", "scenariosToActivate",
            "disableAutomaticTriggers", "useInfrastructureRemapping");

    private final DataikuDeployer deployer;
    private final Left left = new Left();

    private ReadDeployer(DataikuDeployer deployer) {
        this.deployer = deployer;
    }

    /** All there is. */
    static DeployerContents all(DataikuDeployer deployer) throws NodeException {
        return new ReadDeployer(deployer).all();
    }

    /** One deployment. */
    static ForeignDeployment one(DataikuDeployer deployer, String sourceId) throws NodeException {
        return new ReadDeployer(deployer).deployment(sourceId);
    }

    private DeployerContents all() throws NodeException {
        List<Stage> stages = new ArrayList<>();
        for (JsonNode stage : deployer.stages()) {
            stages.add(new Stage(stage.path("id").asText(), Foreign.text(stage, "desc")));
        }
        List<Infrastructure> infrastructures = new ArrayList<>();
        for (JsonNode brief : deployer.infrastructures()) {
            String id = brief.path("infraBasicInfo").path("id").asText();
            if (!brief.path("isAdmin").asBoolean(true)) {
                throw lacksRights("does not administer infrastructure " + Ids.printable(id));
            }
            infrastructures.add(ForeignInfrastructure.read(deployer.infrastructure(id), left));
        }
        if (infrastructures.isEmpty()) {
            throw lacksRights("sees no infrastructure");
        }
        for (Infrastructure infrastructure : infrastructures) {
            if (stages.stream().noneMatch(stage -> stage.name().equals(infrastructure.stage()))) {
                stages.add(new Stage(infrastructure.stage()));
            }
        }
        List<ProjectRule> projects = new ArrayList<>();
        for (JsonNode brief : deployer.projects()) {
            projects.add(project(brief.path("projectBasicInfo").path("id").asText()));
        }
        List<ForeignDeployment> deployments = new ArrayList<>();
        for (JsonNode brief : deployer.deployments()) {
            deployments.add(deployment(brief.path("deploymentBasicInfo").path("id").asText()));
        }
        return new DeployerContents(stages, infrastructures, projects, deployments, left.said());
    }

    private Refused lacksRights(String what) {
        return new Refused(Refused.Reason.FORBIDDEN, "The key for " + deployer.name() + " " + what
                + ": give one with admin rights, a global API key for a Dataiku Deployer.");
    }

    /** Its owner administers it, as there. */
    private ProjectRule project(String key) throws NodeException {
        JsonNode settings = deployer.project(key);
        left.unknown(settings, OF_PROJECTS, "project " + Ids.printable(key));
        List<Grant<ProjectRight>> grants = new ArrayList<>(Foreign.grants(settings.path("permissions"), FLAGS, ProjectRight::implies));
        String owner = Foreign.text(settings, "owner");
        if (owner != null) {
            grants.removeIf(grant -> owner.equals(grant.user()));
            grants.add(Grant.toUser(owner, ProjectRight.ADMIN));
        }
        return new ProjectRule(key, grants, List.of());
    }

    private ForeignDeployment deployment(String sourceId) throws NodeException {
        JsonNode settings = deployer.deployment(sourceId);
        String id = Foreign.id(sourceId);
        String named = "deployment " + id;
        if (!id.equals(sourceId)) {
            left.add(named + ": is called " + Ids.printable(sourceId) + " there, which can be no id here.");
        }
        left.unknown(settings, OF_DEPLOYMENTS, named);
        String folder = Foreign.text(settings, "projectFolderId");
        if (folder != null && !folder.equals("ROOT")) {
            left.add(named + ": its project folder, of which only the node's id is known; a project that is there stays in it.");
        }
        JsonNode container = settings.path("bundleContainerSettings");
        JsonNode behavior = container.path("codeEnvsBehavior");
        if (!behavior.path("importTimeMode").asText("INSTALL_IF_MISS").equals("INSTALL_IF_MISS")
                || !behavior.path("envImportSpecificationMode").asText("SPECIFIED").equals("SPECIFIED")) {
            left.add(named + ": its codeEnvsBehavior; here it is the infrastructure's.");
        }
        String project = settings.path("publishedProjectKey").asText();
        String target = Foreign.text(settings, "deployedProjectKey");
        return new ForeignDeployment(sourceId, id, project, Foreign.id(settings.path("infraId").asText()), target == null ? project : target,
                Foreign.text(settings, "bundleId"), settings(settings, container));
    }

    private static DeploymentSettings settings(JsonNode settings, JsonNode container) {
        JsonNode variables = settings.path("localVariables");
        JsonNode scenarios = settings.path("scenariosToActivate");
        JsonNode tags = settings.path("tags");
        return new DeploymentSettings(Foreign.text(settings, "projectFolder"), null, null, null,
                settings.path("useInfrastructureRemapping").asBoolean(),
                variables.isEmpty() ? null : Json.MAPPER.convertValue(variables, new TypeReference<Map<String, JsonNode>>() {}),
                scenarios.isEmpty() ? null : Json.MAPPER.convertValue(scenarios, new TypeReference<Map<String, Boolean>>() {}),
                settings.path("disableAutomaticTriggers").asBoolean(),
                tags.isEmpty() ? null : Json.MAPPER.convertValue(tags, new TypeReference<List<String>>() {}))
                .withRemapping(Foreign.remapping(container.path("remapping")));
    }
}
