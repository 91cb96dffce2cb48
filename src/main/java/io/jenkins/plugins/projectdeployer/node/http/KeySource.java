package io.jenkins.plugins.projectdeployer.node.http;

/**
 * Where a node's API key comes from.
 *
 * <p>Asked once for each attempt of each call, at the last moment; the answer is neither kept nor logged. Jenkins
 * answers from its credentials. An implementation that cannot answer returns null or throws an unchecked exception
 * whose message may be shown to users.
 */
@FunctionalInterface
public interface KeySource {

    /** The key in plain text, or null when there is none. */
    String key();
}
