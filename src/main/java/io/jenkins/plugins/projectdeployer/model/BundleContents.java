package io.jenkins.plugins.projectdeployer.model;

import java.util.List;
import java.util.Map;

/**
 * What a bundle's own manifest and parameters say of it, read before it is sent anywhere. Layout and reading rules:
 * facts "what is inside a bundle".
 *
 * @param projectKey {@code originalProjectKey} of the manifest
 * @param bundleId of the manifest
 * @param dssVersion {@code generatedWithDSSVersion}; null when the manifest does not say
 * @param exportedBy login on the design node; may be null
 * @param exportedOn as the manifest writes it; may be null
 * @param previousBundleId of the changelog; may be null
 * @param requiredConnections name to type, of every connection that the project uses; the type is empty where the
 *     manifest does not give it
 * @param allowedMissingConnections those of them that activation does without
 * @param codeEnvs names of the code envs that the project uses
 * @param containerExecs names of containerized execution configurations that the project asks for
 * @param clusters ids of clusters that the project asks for
 * @param owner of the design project; null when the bundle does not say
 * @param permissions of the design project
 * @param scenarios of the project
 * @param webApps of the project
 * @param includedData what data travels along, for people: {@code dataset orders}, {@code saved model uX1}
 * @param notes what the reader could not look into, for people
 */
public record BundleContents(
        String projectKey,
        String bundleId,
        String dssVersion,
        String exportedBy,
        String exportedOn,
        String previousBundleId,
        Map<String, String> requiredConnections,
        List<String> allowedMissingConnections,
        List<String> codeEnvs,
        List<String> containerExecs,
        List<String> clusters,
        String owner,
        List<ProjectPermissions> permissions,
        List<Scenario> scenarios,
        List<WebApp> webApps,
        List<String> includedData,
        List<String> notes) {

    public BundleContents {
        requiredConnections = Text.map(requiredConnections);
        allowedMissingConnections = Text.list(allowedMissingConnections);
        codeEnvs = Text.list(codeEnvs);
        containerExecs = Text.list(containerExecs);
        clusters = Text.list(clusters);
        permissions = Text.list(permissions);
        scenarios = Text.list(scenarios);
        webApps = Text.list(webApps);
        includedData = Text.list(includedData);
        notes = Text.list(notes);
    }

    /** A scenario as the bundle has it; its run-as user is never trusted (facts A4.14), only shown. */
    public record Scenario(String id, String name, boolean active, String runAsUser, boolean markedAsTest) {}

    /** A web app as the bundle has it. */
    public record WebApp(String id, String name, String runAsUser) {}
}
