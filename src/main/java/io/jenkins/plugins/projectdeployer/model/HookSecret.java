package io.jenkins.plugins.projectdeployer.model;

/**
 * A secret that a hook gets as {@code kwargs['secrets'][name]}; set by Jenkins administrators only.
 *
 * @param name how the hook calls it
 * @param credentialsId the Secret text that holds it
 */
public record HookSecret(String name, String credentialsId) {

    public HookSecret {
        name = Text.trimmed(name);
        credentialsId = Text.trimmed(credentialsId);
    }
}
