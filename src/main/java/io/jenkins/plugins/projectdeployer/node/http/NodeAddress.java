package io.jenkins.plugins.projectdeployer.node.http;

import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * Where a node is and whom to trust there.
 *
 * @param nodeId the node's id in our configuration; it stands in every message
 * @param url protocol, host and port as people open the node, without {@code /public/api}
 * @param trust which certificates the node may show
 */
public record NodeAddress(String nodeId, HttpUrl url, NodeTrust trust) {

    /** Refuses what {@link #of} refuses. */
    public NodeAddress {
        Objects.requireNonNull(trust, "trust");
        if (nodeId == null || nodeId.isBlank()) {
            throw new IllegalArgumentException("The id of the node is empty.");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new IllegalArgumentException(problem(nodeId, "contains a user name or password; keys belong into the"
                    + " infrastructure's credential"));
        }
        if (url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException(
                    problem(nodeId, "contains a query or a fragment; give protocol, host and port only"));
        }
        String path = String.join("/", url.pathSegments());
        if (path.matches("(.*/)?(public/api|dip/publicapi)/?")) {
            throw new IllegalArgumentException(
                    problem(nodeId, "ends in the path of the API; leave it out, it is added by itself"));
        }
    }

    /**
     * Reads an address as an administrator writes it.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static NodeAddress of(String nodeId, String url, NodeTrust trust) {
        HttpUrl parsed = url == null ? null : HttpUrl.parse(url.strip());
        if (parsed == null) {
            throw new IllegalArgumentException(problem(nodeId, "is not an address; give protocol, host and port, for"
                    + " example https://automation.example.com:10000"));
        }
        return new NodeAddress(nodeId, parsed, trust);
    }

    /** The URL as text; not for build logs. */
    @Override
    public String toString() {
        return nodeId + " (" + url + ")";
    }

    private static String problem(String nodeId, String what) {
        return "The URL of node " + Printable.quoted(nodeId) + " " + what + ".";
    }
}
