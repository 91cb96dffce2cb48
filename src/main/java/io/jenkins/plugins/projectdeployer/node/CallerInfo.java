package io.jenkins.plugins.projectdeployer.node;

import java.util.List;

/**
 * Whom a node sees calling.
 *
 * @param identifier the login acted as, or the key's own name
 * @param groups on the node
 */
public record CallerInfo(String identifier, List<String> groups) {

    /** Freezes the list. */
    public CallerInfo {
        groups = List.copyOf(groups);
    }
}
