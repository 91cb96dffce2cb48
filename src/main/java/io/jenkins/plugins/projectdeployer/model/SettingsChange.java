package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What a request wants changed of a {@link DeploymentSettings}; null leaves a setting as it is. Remapping tables are laid
 * over those that are there, source by source; everything else replaces.
 */
public record SettingsChange(
        String projectFolder,
        List<Remap> connections,
        List<Remap> codeEnvs,
        List<Remap> containerExecs,
        Boolean useInfrastructureRemapping,
        Map<String, JsonNode> variables,
        Map<String, Boolean> scenarios,
        Boolean disableAutomaticTriggers,
        List<String> tags) {

    public SettingsChange {
        connections = connections == null ? null : List.copyOf(connections);
        codeEnvs = codeEnvs == null ? null : List.copyOf(codeEnvs);
        containerExecs = containerExecs == null ? null : List.copyOf(containerExecs);
        variables = variables == null ? null : Map.copyOf(variables);
        scenarios = scenarios == null ? null : Map.copyOf(scenarios);
        tags = tags == null ? null : List.copyOf(tags);
    }

    /** Changes nothing. */
    public static final SettingsChange NONE = new SettingsChange(null, null, null, null, null, null, null, null, null);

    /** The settings with this change made. */
    public DeploymentSettings appliedTo(DeploymentSettings settings) {
        Remapping remapping = settings.remapping().overriddenBy(new Remapping(connections, codeEnvs, containerExecs));
        return new DeploymentSettings(
                Text.orElse(projectFolder, settings.projectFolder()),
                remapping.connections(),
                remapping.codeEnvs(),
                remapping.containerExecs(),
                Text.orElse(useInfrastructureRemapping, settings.useInfrastructureRemapping()),
                Text.orElse(variables, settings.variables()),
                Text.orElse(scenarios, settings.scenarios()),
                Text.orElse(disableAutomaticTriggers, settings.disableAutomaticTriggers()),
                Text.orElse(tags, settings.tags()),
                settings.testScenarios(),
                settings.onFailure());
    }
}
