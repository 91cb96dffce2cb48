package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What a request wants changed of a {@link DeploymentSettings}; null leaves a setting as it is. */
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

    /** Changes nothing. */
    public static final SettingsChange NONE = new SettingsChange(null, null, null, null, null, null, null, null, null);

    /** The settings with this change made. */
    public DeploymentSettings appliedTo(DeploymentSettings settings) {
        return new DeploymentSettings(
                Text.orElse(projectFolder, settings.projectFolder()),
                Text.orElse(connections, settings.connections()),
                Text.orElse(codeEnvs, settings.codeEnvs()),
                Text.orElse(containerExecs, settings.containerExecs()),
                Text.orElse(useInfrastructureRemapping, settings.useInfrastructureRemapping()),
                Text.orElse(variables, settings.variables()),
                Text.orElse(scenarios, settings.scenarios()),
                Text.orElse(disableAutomaticTriggers, settings.disableAutomaticTriggers()),
                Text.orElse(tags, settings.tags()));
    }
}
