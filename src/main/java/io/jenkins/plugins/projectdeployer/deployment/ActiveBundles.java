package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Arrival;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which bundles are active, as far as updates tell: not what is wanted. No node is asked for it. */
public final class ActiveBundles {

    /** Updates that are looked at for the one that brought what is there; each costs a look into the journal. */
    private static final int LOOKED_AT = 16;

    private final Records records;
    private final DeploymentHealth health;

    public ActiveBundles(Records records, DeploymentHealth health) {
        this.records = records;
        this.health = health;
    }

    /**
     * What is on the nodes of one deployment.
     *
     * @param bundles none where nothing was ever active, several where the nodes have different ones
     * @param broughtBy the update that did, of several the newest; empty: none has, or it is not known any more
     */
    public record There(List<String> bundles, Optional<Update> broughtBy) {}

    /** Nothing of an update that has failed or was rolled back before it left anything there. */
    public There of(Deployment deployment) {
        Optional<Update> last = health.lastAtWork(deployment).filter(update -> update.endedAt() != null);
        List<String> left = last.stream().flatMap(update -> update.nodes().stream())
                .map(Update.NodeResult::activeBundle).filter(Objects::nonNull).distinct().sorted().toList();
        if (left.size() > 1) {
            return new There(left, Stream.concat(last.stream(), arrivals(deployment, arrival -> true))
                    .filter(update -> left.contains(update.bundleId()) && hasBrought(update)).findFirst());
        }
        Optional<Update> broughtBy = last.filter(Update::isDeployed).or(() -> arrivals(deployment, Arrival::active).findFirst());
        return new There(broughtBy.map(Update::bundleId).map(List::of).orElse(left), broughtBy);
    }

    private Stream<Update> arrivals(Deployment deployment, Predicate<Arrival> wanted) {
        return records.arrivals(deployment).limit(LOOKED_AT).filter(wanted).flatMap(arrival -> records.update(arrival.update()).stream());
    }

    /** Onto some node: on another it may have been there before. */
    private static boolean hasBrought(Update update) {
        return update.nodes().stream().anyMatch(node -> update.bundleId().equals(node.activeBundle())
                && node.reached() != null && node.reached().compareTo(Phase.ACTIVATE) >= 0);
    }
}
