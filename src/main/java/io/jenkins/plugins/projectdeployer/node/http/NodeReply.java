package io.jenkins.plugins.projectdeployer.node.http;

import java.util.Optional;
import okhttp3.Headers;

/**
 * What a node answered, read whole.
 *
 * @param status the HTTP status
 * @param headers all response headers
 * @param octets the body
 */
public record NodeReply(int status, Headers headers, byte[] octets) {

    /** The node's version from its {@code DSS-Version} header. */
    public Optional<String> version() {
        return Optional.ofNullable(headers.get("DSS-Version"));
    }

    /** The content type, empty where there is none. */
    public String contentType() {
        String type = headers.get("Content-Type");
        return type == null ? "" : type;
    }

    /** Status and size only: headers and bodies can hold secrets. */
    @Override
    public String toString() {
        return "NodeReply[" + status + ", " + octets.length + " bytes]";
    }
}
