package io.jenkins.plugins.projectdeployer.model;

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
        List<String> tags) {

    /** Nothing of its own. */
    public static final DeploymentSettings DEFAULT =
            new DeploymentSettings(null, null, null, null, false, null, null, false, null);

    public DeploymentSettings {
        projectFolder = Text.trimmed(projectFolder);
        connections = Text.list(connections);
        codeEnvs = Text.list(codeEnvs);
        containerExecs = Text.list(containerExecs);
        variables = variables == null ? null : Map.copyOf(variables);
        scenarios = Text.map(scenarios);
        tags = Text.list(tags);
    }

    /** The three remapping tables as one. */
    public Remapping remapping() {
        return new Remapping(connections, codeEnvs, containerExecs);
    }

    /** These settings with other remapping tables. */
    public DeploymentSettings withRemapping(Remapping remapping) {
        return new DeploymentSettings(projectFolder, remapping.connections(), remapping.codeEnvs(), remapping.containerExecs(),
                useInfrastructureRemapping, variables, scenarios, disableAutomaticTriggers, tags);
    }

    /** These settings with other tags. */
    public DeploymentSettings withTags(List<String> other) {
        return new DeploymentSettings(projectFolder, connections, codeEnvs, containerExecs, useInfrastructureRemapping, variables,
                scenarios, disableAutomaticTriggers, other);
    }
}
