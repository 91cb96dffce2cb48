package io.jenkins.plugins.projectdeployer.model;

/**
 * Whose rights a deployment uses and leaves behind. Source: seed "Deployment policies".
 *
 * @param permissionsPropagation applied on the first deployment only; never null
 * @param deployAsUser login on the node under which changes are made; null: the requesting user's own
 * @param scenariosRunAsUser login that every scenario runs as after each deployment; null: left as it is
 * @param webAppsRunAsUser the same for web apps
 */
public record Policies(
        PermissionsPropagation permissionsPropagation,
        String deployAsUser,
        String scenariosRunAsUser,
        String webAppsRunAsUser) {

    /** No propagation, everything as the requesting user, run-as left alone. */
    public static final Policies DEFAULT = new Policies(null, null, null, null);

    public Policies {
        permissionsPropagation = Text.orElse(permissionsPropagation, PermissionsPropagation.NONE);
        deployAsUser = Text.trimmed(deployAsUser);
        scenariosRunAsUser = Text.trimmed(scenariosRunAsUser);
        webAppsRunAsUser = Text.trimmed(webAppsRunAsUser);
    }
}
