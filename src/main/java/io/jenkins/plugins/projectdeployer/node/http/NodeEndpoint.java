package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.NodeUrl;
import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * Where a node is and whom to trust there, checked and ready to call.
 *
 * @param name how messages name the node
 * @param url protocol, host and port as people open the node, without {@code /public/api}; a path is allowed for nodes
 *     behind a proxy
 * @param trust which certificates the node may show
 */
public record NodeEndpoint(String name, HttpUrl url, NodeTrust trust) {

    /** Refuses what {@link #of} refuses. */
    public NodeEndpoint {
        Objects.requireNonNull(trust, "trust");
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("The name of the node is empty.");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw problem(name, "contains a user name or password; the key belongs into a credential");
        }
        if (url.query() != null || url.fragment() != null) {
            throw problem(name, "contains a query or a fragment; give protocol, host and port only");
        }
        if (NodeUrl.isOfApi(String.join("/", url.pathSegments()))) {
            throw problem(name, "ends in the path of the API; leave it out, it is added by itself");
        }
    }

    /**
     * The node of this configuration.
     *
     * @throws IllegalArgumentException saying what is wrong with its URL or certificates
     */
    public static NodeEndpoint of(String name, NodeAddress address) {
        return new NodeEndpoint(name, parse(name, address.url()), NodeTrust.of(address));
    }

    /** Name and URL; not for build logs. */
    @Override
    public String toString() {
        return name + " (" + url + ")";
    }

    private static HttpUrl parse(String name, String url) {
        HttpUrl parsed = url == null ? null : HttpUrl.parse(url.strip());
        if (parsed == null) {
            throw problem(
                    name,
                    "is not an address; give protocol, host and port, for example https://automation.example.com:10000");
        }
        return parsed;
    }

    private static IllegalArgumentException problem(String name, String what) {
        return new IllegalArgumentException("The URL of node " + Words.quoted(name) + " " + what + ".");
    }
}
