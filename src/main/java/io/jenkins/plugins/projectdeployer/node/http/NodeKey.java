package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.util.regex.Pattern;

/** Gets the key of one attempt. Nothing of it stands in any message. */
final class NodeKey {

    private static final Pattern FIT_FOR_A_HEADER = Pattern.compile("[^\\x00-\\x20\\x7F]+");

    private NodeKey() {}

    static String of(KeySource keys, CallSite site) throws NodeException {
        String key;
        try {
            key = keys.key();
        } catch (RuntimeException e) {
            throw missing(site, "its API key cannot be had, " + e.getMessage());
        }
        if (key == null || key.isBlank()) {
            throw missing(site, "it has no API key; set the node's credential");
        }
        String bare = key.strip();
        if (!FIT_FOR_A_HEADER.matcher(bare).matches() || bare.contains(":") && !keys.mayHoldColon()) {
            throw site.failure(
                    Kind.INVALID,
                    false,
                    "was not called",
                    "its API key contains a colon, a space or a control character; set the credential to the key alone",
                    null);
        }
        return bare;
    }

    private static NodeException missing(CallSite site, String why) {
        return site.failure(Kind.NO_KEY, false, "was not called", why, null);
    }
}
