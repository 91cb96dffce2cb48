package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.deployment.Publisher;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Stage;
import io.jenkins.plugins.projectdeployer.node.DataikuDeployer;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

    /** All there is; of deployments what their list says, since there may be many. */
    static DeployerContents all(DataikuDeployer deployer) throws NodeException {
        return new ReadDeployer(deployer).all();
    }

    /** One deployment. */
    static ForeignDeployment.Whole one(DataikuDeployer deployer, String sourceId) throws NodeException {
        return new ReadDeployer(deployer).deployment(sourceId);
    }

    private DeployerContents all() throws NodeException {
        List<Stage> stages = new ArrayList<>();
        for (JsonNode stage : deployer.stages()) {
            stages.add(new Stage(stage.path("id").asText(), Foreign.text(stage, "desc")));
        }
        List<Infrastructure> infrastructures = infrastructures();
        for (Infrastructure infrastructure : infrastructures) {
            if (infrastructure.stage() != null && stages.stream().noneMatch(stage -> stage.name().equals(infrastructure.stage()))) {
                stages.add(new Stage(infrastructure.stage()));
            }
        }
        return new DeployerContents(stages, infrastructures, projects(), deployments(), left.said());
    }

    private List<Infrastructure> infrastructures() throws NodeException {
        List<String> ids = new ArrayList<>();
        for (JsonNode brief : deployer.infrastructures()) {
            String id = brief.path("infraBasicInfo").path("id").asText();
            if (!brief.path("isAdmin").asBoolean(true)) {
                throw lacksRights("does not administer infrastructure " + Ids.printable(id));
            }
            ids.add(id);
        }
        if (ids.isEmpty()) {
            throw lacksRights("sees no infrastructure");
        }
        List<Infrastructure> infrastructures = each(ids, (id, own) -> ForeignInfrastructure.read(deployer.infrastructure(id), own));
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        infrastructures.stream().map(Infrastructure::id).filter(id -> !taken.add(id)).forEach(id ->
                left.add("infrastructure " + id + ": its id is another one's, but for upper and lower case; leave one of them out."));
        return infrastructures;
    }

    private List<ProjectRule> projects() throws NodeException {
        List<String> keys = new ArrayList<>();
        for (JsonNode brief : deployer.projects()) {
            String key = brief.path("projectBasicInfo").path("id").asText();
            if (Publisher.isKey(key)) {
                keys.add(key);
            } else {
                // In a rule it might be a pattern, and stand for other projects too.
                left.add("project " + Ids.printable(key) + ": its key can be none here; give its bundles another one.");
            }
        }
        return each(keys, this::project);
    }

    private List<ForeignDeployment> deployments() throws NodeException {
        List<ForeignDeployment> deployments = new ArrayList<>();
        for (JsonNode brief : deployer.deployments()) {
            JsonNode info = brief.path("deploymentBasicInfo");
            ForeignDeployment deployment = ForeignDeployment.of(info.path("id").asText(), info);
            renamed(deployment, left);
            deployments.add(deployment);
        }
        return deployments;
    }

    /** Reads one thing; what could not be carried over goes where the second argument says. */
    @FunctionalInterface
    private interface Piece<T> {
        T read(String id, Left left) throws NodeException;
    }

    /** A few at a time, and said in their order all the same. */
    private <T> List<T> each(List<String> ids, Piece<T> piece) throws NodeException {
        record Read<T>(T what, Left left) {}
        List<Read<T>> read = InParallel.map(ids, id -> {
            Left own = new Left();
            return new Read<>(piece.read(id, own), own);
        });
        read.forEach(each -> left.addAll(each.left()));
        return read.stream().map(Read::what).toList();
    }

    private Refused lacksRights(String what) {
        return new Refused(Refused.Reason.FORBIDDEN, "The key for " + deployer.name() + " " + what
                + ": give one with admin rights, a global API key for a Dataiku Deployer.");
    }

    /** Its owner administers it, as there. */
    private ProjectRule project(String key, Left own) throws NodeException {
        JsonNode settings = deployer.project(key);
        own.unknown(settings, OF_PROJECTS, "project " + Ids.printable(key));
        List<Grant<ProjectRight>> grants = new ArrayList<>(Foreign.grants(settings.path("permissions"), FLAGS, ProjectRight::implies));
        String owner = Foreign.text(settings, "owner");
        if (owner != null) {
            grants.removeIf(grant -> owner.equals(grant.user()));
            grants.add(Grant.toUser(owner, ProjectRight.ADMIN));
        }
        return new ProjectRule(key, grants, List.of());
    }

    private static void renamed(ForeignDeployment deployment, Left left) {
        if (!deployment.id().equals(deployment.sourceId())) {
            left.add("deployment " + deployment.id() + ": is called " + Ids.printable(deployment.sourceId())
                    + " there, which can be no id here.");
        }
    }

    private ForeignDeployment.Whole deployment(String sourceId) throws NodeException {
        JsonNode settings = deployer.deployment(sourceId);
        ForeignDeployment deployment = ForeignDeployment.of(sourceId, settings);
        String named = "deployment " + deployment.id();
        renamed(deployment, left);
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
        return new ForeignDeployment.Whole(deployment, settings(settings, container, named), left.said());
    }

    private DeploymentSettings settings(JsonNode settings, JsonNode container, String named) {
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        settings.path("localVariables").properties().forEach(variable -> variables.put(variable.getKey(), variable.getValue()));
        Map<String, Boolean> scenarios = new LinkedHashMap<>();
        settings.path("scenariosToActivate").properties().forEach(scenario -> {
            if (scenario.getValue().isBoolean()) {
                scenarios.put(scenario.getKey(), scenario.getValue().asBoolean());
            } else {
                left.add(named + ": scenario " + Ids.printable(scenario.getKey()) + " of scenariosToActivate, which is neither true nor false.");
            }
        });
        List<String> tags = new ArrayList<>();
        settings.path("tags").forEach(tag -> {
            if (tag.isTextual()) {
                tags.add(tag.asText());
            } else {
                left.add(named + ": one of its tags, which is no text.");
            }
        });
        return new DeploymentSettings(Foreign.text(settings, "projectFolder"), null, null, null,
                settings.path("useInfrastructureRemapping").asBoolean(), variables.isEmpty() ? null : variables, scenarios,
                settings.path("disableAutomaticTriggers").asBoolean(), tags, null, null)
                .withRemapping(Foreign.remapping(container.path("remapping")));
    }
}
