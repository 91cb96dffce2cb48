package io.jenkins.plugins.projectdeployer.node.http;

import java.util.function.Supplier;

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

    /** Whether a colon may stand in it. None does in a key of Dataiku, so that one there is a key with something before it. */
    default boolean mayHoldColon() {
        return false;
    }

    /** The same for whatever speaks like a Dataiku Deployer: the key of one that is a Jenkins is {@code user:token}. */
    static KeySource ofDeployer(Supplier<String> key) {
        return new KeySource() {
            @Override
            public String key() {
                return key.get();
            }

            @Override
            public boolean mayHoldColon() {
                return true;
            }
        };
    }
}
