package io.jenkins.plugins.projectdeployer.model;

import java.util.List;
import java.util.Objects;

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

    /** Whether a key that was chosen for {@code other} may go here too: the same URL, trusted for the same reason. */
    public boolean isReachedLike(NodeAddress other) {
        return Objects.equals(url, other.url) && lines(certificates).equals(lines(other.certificates)) && trustAll == other.trustAll;
    }

    /** Whether both URLs lead to one node, however they are spelled. */
    public boolean isSameNode(NodeAddress other) {
        return url != null && other.url != null && NodeUrl.identity(url).equals(NodeUrl.identity(other.url));
    }

    private static List<String> lines(String text) {
        return text == null ? List.of() : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static String withoutTrailingSlash(String url) {
        return url == null ? null : url.replaceAll("/+$", "");
    }
}
