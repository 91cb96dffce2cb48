package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The ids that nodes gave to earlier plans. A node counts as another infrastructure's as long as that infrastructure is
 * configured with the address at which it said so.
 */
final class SeenNodes implements NodeOwners {

    /** Plans may be missing from updates that failed early; older ones say the same. */
    private static final int UPDATES_LOOKED_AT = 5;

    private final Records records;
    private final Supplier<Configuration> configuration;

    SeenNodes(Records records, Supplier<Configuration> configuration) {
        this.records = records;
        this.configuration = configuration;
    }

    @Override
    public boolean belongsToAnother(String nodeId, Infrastructure infrastructure) {
        Configuration now = configuration.get();
        for (Deployment deployment : records.deployments()) {
            if (deployment.infrastructureId().equalsIgnoreCase(infrastructure.id())) {
                continue;
            }
            Set<String> urls = now.infrastructure(deployment.infrastructureId())
                    .map(other -> other.nodes().stream().map(NodeAddress::url).collect(Collectors.toSet()))
                    .orElse(Set.of());
            if (!urls.isEmpty() && hasSaid(deployment, nodeId, urls)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasSaid(Deployment deployment, String nodeId, Set<String> urls) {
        List<Update> updates = records.history(deployment.id(), UPDATES_LOOKED_AT);
        return updates.stream()
                .map(Update::plan)
                .filter(plan -> plan != null && plan.infrastructure().id().equalsIgnoreCase(deployment.infrastructureId()))
                .map(Plan::nodes)
                .flatMap(List::stream)
                .anyMatch(node -> nodeId.equals(node.nodeId()) && urls.contains(node.address().url()));
    }
}
