package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an explicit roll back goes back to: the state before an earlier update of the same deployment.
 *
 * @param bundleId the bundle that was active then
 * @param wayBack all else
 */
record RollBackTarget(String bundleId, WayBack wayBack) {

    /** The target of a request that names an update to undo; refused when that has nothing to go back to. */
    static RollBackTarget of(Update update, Records records) {
        long undone = update.request().rollBackOf();
        Update earlier = records.update(undone)
                .filter(candidate -> Targets.deployment(update, records)
                        .filter(deployment -> records.isOf(candidate, deployment)).isPresent())
                .orElseThrow(() -> Refused.notFound("update of deployment " + update.deploymentId(), String.valueOf(undone)));
        WayBack wayBack = earlier.wayBack();
        if (wayBack == null && earlier.phases().isEmpty()) {
            throw Refused.conflict("What was there before update " + undone + " is no longer kept; deploy a bundle instead.");
        }
        if (wayBack == null) {
            throw Refused.conflict("Update " + undone + " changed nothing, so there is nothing to undo.");
        }
        return of(undone, update.deploymentId(), wayBack);
    }

    /** An update carries one bundle to all nodes, so it cannot give each of them back its own. */
    static RollBackTarget of(long undone, String deploymentId, WayBack wayBack) {
        List<String> bundles = wayBack.nodes().stream()
                .map(WayBack.NodeState::activeBundle)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (bundles.isEmpty()) {
            throw Refused.conflict("Update " + undone + " was the first one of deployment " + deploymentId
                    + ": no bundle was active before it. Deploy another bundle instead.");
        }
        if (bundles.size() > 1) {
            throw Refused.conflict("Before update " + undone + " the nodes of deployment " + deploymentId + " had different bundles: "
                    + bundles.stream().map(Ids::printable).collect(Collectors.joining(", ")) + ". Deploy one of them instead.");
        }
        return new RollBackTarget(bundles.get(0), wayBack);
    }
}
