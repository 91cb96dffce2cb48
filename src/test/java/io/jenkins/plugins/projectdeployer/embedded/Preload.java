package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Brings the code envs of a bundle onto the node, as the project's {@code importTimeMode} says (A2.23, A2.24). */
final class Preload {
    private final NodeState state;
    private final Project project;

    Preload(NodeState state, Project project) {
        this.state = state;
        this.project = project;
    }

    JsonNode preload(ImportedBundle bundle) {
        Messages messages = new Messages();
        String mode = ProjectSettings.importTimeMode(project.settings);
        Remapping remapping = new Remapping(ProjectSettings.remapping(project.settings).path("codeEnvs"));
        if (!mode.equals("DO_NOTHING")) {
            for (CodeEnvUse use : CodeEnvUse.in(bundle.contents())) {
                bring(use.language(), remapping.target(use.name()), mode, bundle, messages);
            }
        }
        if (!messages.isError()) {
            project.preloaded.add(bundle.bundleId());
        }
        return messages.toJson();
    }

    private void bring(String language, String name, String mode, ImportedBundle bundle, Messages messages) {
        Resources resources = state.resources();
        boolean exists = resources.hasCodeEnv(language, name);
        boolean upToDate = exists && resources.existingCodeEnv(language, name).path("isUptodate").asBoolean(true);
        if (mode.equals("FAIL_IF_MISS")) {
            if (!upToDate) {
                messages.fatal(
                        "ERR_CODEENV_MISSING_ENV",
                        exists ? "Code env is out of date" : "Missing code env",
                        "Code env '" + name + "' (" + language + ") " + (exists ? "is older than the bundle's" : "does not exist"));
            }
            return;
        }
        if (!exists) {
            resources.codeEnv(language, name);
            resources.existingCodeEnv(language, name).put("deploymentMode", "AUTOMATION_VERSIONED");
        }
        ObjectNode env = resources.existingCodeEnv(language, name);
        env.put("isUptodate", true);
        if (env.path("deploymentMode").asText().equals("AUTOMATION_VERSIONED")) {
            env.withArray("versions")
                    .addObject()
                    .put("version", project.key + "_" + bundle.bundleId())
                    .put("projectKey", project.key)
                    .put("bundleId", bundle.bundleId());
        }
    }
}
