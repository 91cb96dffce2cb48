package io.jenkins.plugins.projectdeployer.deployment;

import java.util.Set;

/**
 * What the deployed project will use on a node, by its names there: remapped, variables replaced.
 *
 * @param codeEnvs names
 * @param containerExecs names of containerized execution configurations
 * @param clusters ids; those that depend on a variable which nobody sets are not among them
 */
record Uses(Set<String> codeEnvs, Set<String> containerExecs, Set<String> clusters) {

    Uses {
        codeEnvs = Set.copyOf(codeEnvs);
        containerExecs = Set.copyOf(containerExecs);
        clusters = Set.copyOf(clusters);
    }
}
