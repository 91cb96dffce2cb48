package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A deployment's own settings. They reach the node at its next update.
 *
 * @param projectFolder path of the folder on the node that a new project is created in; null: the root
 * @param connections renamed connections; win over the infrastructure's
 * @param codeEnvs renamed code envs
 * @param containerExecs renamed containerized execution configurations
 * @param useInfrastructureRemapping whether each update reads the infrastructure's tables again (facts A3.4)
 * @param variables the project's local variables on the node; null: left as they are
 * @param scenarios scenario id to whether its triggers are on; absent ones keep their state (facts A2.19)
 * @param disableAutomaticTriggers whether all triggers of the project are off
 * @param tags of the deployment
 * @param testScenarios ids of scenarios that each of its updates runs after activation, unless its request names others
 * @param onFailure what an update does then, unless its request says so; null: it stops
 */
public record DeploymentSettings(
        String projectFolder,
        List<Remap> connections,
        List<Remap> codeEnvs,
        List<Remap> containerExecs,
        boolean useInfrastructureRemapping,
        Map<String, JsonNode> variables,
        Map<String, Boolean> scenarios,
        boolean disableAutomaticTriggers,
        List<String> tags,
        // Left out where there are none: approvals that were given before there were any stay valid.
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> testScenarios,
        OnFailure onFailure) {

    /** Nothing of its own. */
    public static final DeploymentSettings DEFAULT =
            new DeploymentSettings(null, null, null, null, false, null, null, false, null, null, null);

    public DeploymentSettings {
        projectFolder = Text.trimmed(projectFolder);
        connections = Text.list(connections);
        codeEnvs = Text.list(codeEnvs);
        containerExecs = Text.list(containerExecs);
        variables = variables == null ? null : Map.copyOf(variables);
        scenarios = Text.map(scenarios);
        tags = Text.list(tags);
        testScenarios = Text.list(testScenarios);
    }

    /** The three remapping tables as one. */
    public Remapping remapping() {
        return new Remapping(connections, codeEnvs, containerExecs);
    }

    /** These settings with other remapping tables. */
    public DeploymentSettings withRemapping(Remapping remapping) {
        return new DeploymentSettings(projectFolder, remapping.connections(), remapping.codeEnvs(), remapping.containerExecs(),
                useInfrastructureRemapping, variables, scenarios, disableAutomaticTriggers, tags, testScenarios, onFailure);
    }

    /** What these settings bring to a node; what stays on the controller (tags, tests, what to do when one fails) is the other's. */
    public DeploymentSettings beside(DeploymentSettings other) {
        return new DeploymentSettings(projectFolder, connections, codeEnvs, containerExecs, useInfrastructureRemapping, variables,
                scenarios, disableAutomaticTriggers, other.tags, other.testScenarios, other.onFailure);
    }

    /** Whether a node is to be the same by both. */
    public boolean bringsTheSameAs(DeploymentSettings other) {
        return beside(other).equals(other);
    }
}
