package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.store.SeenNode;
import java.util.function.Supplier;

/**
 * The ids that nodes gave to earlier plans. A node counts as another infrastructure's as long as that infrastructure is
 * configured with the address at which it said so.
 */
final class SeenNodes implements NodeOwners {

    private final Records records;
    private final Supplier<Configuration> configuration;

    SeenNodes(Records records, Supplier<Configuration> configuration) {
        this.records = records;
        this.configuration = configuration;
    }

    @Override
    public boolean belongsToAnother(String nodeId, Infrastructure infrastructure) {
        Configuration now = configuration.get();
        return records.seenNodes().stream()
                .filter(seen -> seen.nodeId().equals(nodeId) && !seen.infrastructure().equalsIgnoreCase(infrastructure.id()))
                .anyMatch(seen -> hasAddress(now, seen));
    }

    private static boolean hasAddress(Configuration now, SeenNode seen) {
        return now.infrastructure(seen.infrastructure())
                .filter(infrastructure -> infrastructure.nodes().stream().anyMatch(node -> node.url().equals(seen.url())))
                .isPresent();
    }
}
