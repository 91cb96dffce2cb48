package io.jenkins.plugins.projectdeployer.demo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The named parameters of {@code deployProject}, as far as a bundle that is published already can have them. */
record DeployParameters(
        String project,
        String infrastructure,
        String bundle,
        String deploymentId,
        String targetProject,
        String projectFolder,
        Map<String, String> connections,
        Map<String, String> codeEnvs,
        Map<String, String> containerExecs,
        Map<String, JsonNode> variables,
        Map<String, Boolean> scenarios,
        Boolean disableAutomaticTriggers,
        List<String> testScenarios,
        OnFailure onFailure,
        boolean dryRun,
        boolean queue,
        boolean adopt,
        boolean ignoreWarnings) {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /** What a script wrote; a parameter that does not exist is refused. */
    static DeployParameters of(Map<String, Object> written) {
        return STRICT.convertValue(written, DeployParameters.class);
    }

    /** The request of this user, with a key of its own. */
    DeployRequest request(String userId, DeployRequest.Origin origin) {
        return DeployRequest.of(UUID.randomUUID().toString(), userId, project, infrastructure)
                .origin(origin)
                .bundle(bundle)
                .deploymentId(deploymentId)
                .targetProject(targetProject)
                .settings(new SettingsChange(projectFolder, remaps(connections), remaps(codeEnvs), remaps(containerExecs), null,
                        variables, scenarios, disableAutomaticTriggers, null))
                .testScenarios(testScenarios)
                .onFailure(onFailure)
                .dryRun(dryRun)
                .queue(queue)
                .adopt(adopt)
                .ignoreWarnings(ignoreWarnings)
                .build();
    }

    private static List<Remap> remaps(Map<String, String> written) {
        return written == null
                ? null
                : written.entrySet().stream().map(entry -> new Remap(entry.getKey(), entry.getValue())).toList();
    }
}
