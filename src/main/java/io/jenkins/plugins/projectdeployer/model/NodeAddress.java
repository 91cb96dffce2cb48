package io.jenkins.plugins.projectdeployer.model;

/**
 * Where a node is and how it is trusted. The key itself is never here, only the id of the credential that holds it.
 *
 * @param url base URL with protocol and port
 * @param credentialsId Secret text with a global API key that has global admin rights
 * @param certificates PEM certificates to trust besides the system's; null: the system's alone
 * @param trustAll explicit choice to check no certificate at all
 */
public record NodeAddress(String url, String credentialsId, String certificates, boolean trustAll) {

    public NodeAddress {
        url = withoutTrailingSlash(Text.trimmed(url));
        credentialsId = Text.trimmed(credentialsId);
        certificates = Text.trimmed(certificates);
    }

    /** A node trusted by the system's certificates. */
    public NodeAddress(String url, String credentialsId) {
        this(url, credentialsId, null, false);
    }

    private static String withoutTrailingSlash(String url) {
        return url == null ? null : url.replaceAll("/+$", "");
    }
}
