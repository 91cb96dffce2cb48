package io.jenkins.plugins.projectdeployer.model;

/**
 * Somebody outside who is told of requests and outcomes by HTTP.
 *
 * @param url where the message is posted
 * @param credentialsId Secret text with which its body is signed
 */
public record GateWebhook(String url, String credentialsId) {

    public GateWebhook {
        url = Text.trimmed(url);
        credentialsId = Text.trimmed(credentialsId);
    }
}
