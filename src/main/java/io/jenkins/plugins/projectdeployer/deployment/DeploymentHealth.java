package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Finds out how deployments are: what their updates say, and what is on their nodes. A look at the nodes holds for
 * {@link #FRESH}, or until the deployment or its updates change; while an update is at work the nodes are left alone.
 */
public final class DeploymentHealth {

    /** How long a look at the nodes holds. */
    static final Duration FRESH = Duration.ofSeconds(30);
    /** Looks that are kept; the one that was asked for longest ago goes first. */
    private static final int KEPT = 10_000;
    /** Looks of which owner and permissions are kept, too, which take more room than all else. */
    private static final int KEPT_SCHEMES = 200;

    private final Records records;
    private final RecordedSigns recorded;
    private final NodeLooks nodes;
    private final Clock clock;
    private final AtomicLong looked = new AtomicLong();
    private final Map<String, Place> places = new Latest<>(KEPT);
    private final Map<String, SeenSchemes> schemes;

    /** What one look has seen of owner and permissions. */
    private record SeenSchemes(Look look, List<SchemeOnNode> nodes) {}

    /** Where the last look at one deployment is kept; whoever looks holds its lock, the others wait for what they see. */
    private static final class Place {
        private volatile Look look;
    }

    /** What was seen, when, and of what. */
    private record Look(
            Deployment deployment,
            List<NodeAddress> addresses,
            long lastAtWork,
            Instant at,
            Health health) {

        private boolean isOf(Deployment other, long update) {
            return deployment.equals(other) && lastAtWork == update;
        }
    }

    DeploymentHealth(Records records, NodeLooks nodes, Clock clock) {
        this(records, nodes, clock, KEPT_SCHEMES);
    }

    /** @param keptSchemes of how many deployments owner and permissions are kept */
    DeploymentHealth(Records records, NodeLooks nodes, Clock clock, int keptSchemes) {
        this.schemes = Collections.synchronizedMap(new Latest<>(keptSchemes));
        this.records = records;
        this.recorded = new RecordedSigns(records);
        this.nodes = nodes;
        this.clock = clock;
    }

    /** How a deployment on this infrastructure is now. Asks its nodes where nobody has just done so. */
    public Health of(Deployment deployment, Infrastructure infrastructure) {
        Optional<Update> last = recorded.lastAtWork(deployment);
        List<Sign> signs = recorded.of(deployment, last);
        if (last.isEmpty()) {
            return health(signs.isEmpty() ? Health.Level.UNKNOWN : Sign.worst(signs), signs, Health.Monitoring.NONE);
        }
        Optional<Update> atWork = atWork(deployment);
        if (atWork.isPresent()) {
            signs.add(new Sign(Health.Level.HEALTHY, Message.info("UPDATE_AT_WORK", "Update " + atWork.get().number()
                    + " is at work; the nodes are looked at once it has ended.")));
            return health(Sign.worst(signs), signs, Health.Monitoring.NONE);
        }
        Place place = place(deployment.id());
        synchronized (place) {
            Look look = place.look;
            if (look == null || !stillHolds(look, deployment, infrastructure, last.get().number())) {
                look = look(deployment, infrastructure, last.get(), signs);
                place.look = look;
                looked.incrementAndGet();
            }
            return look.health();
        }
    }

    /** The same for a decision: a node that did not answer is asked again, however often and how lately it did not. */
    Health forDecision(Deployment deployment, Infrastructure infrastructure) {
        nodes.askAgain(infrastructure.nodes());
        Place place = place(deployment.id());
        synchronized (place) {
            if (place.look != null && place.look.health().isSilence()) {
                place.look = null;
            }
        }
        return of(deployment, infrastructure);
    }

    /**
     * How a deployment is as far as is known without asking a node: what its updates say, and what was seen when somebody
     * looked last. For lists.
     */
    public Health.Level lately(Deployment deployment) {
        Optional<Update> last = recorded.lastAtWork(deployment);
        List<Sign> signs = recorded.of(deployment, last);
        if (last.isEmpty()) {
            return signs.isEmpty() ? Health.Level.UNKNOWN : Sign.worst(signs);
        }
        if (RecordedSigns.isOtherNow(deployment, last.get())) {
            signs.add(Sign.outOfSync(Message.warning("SETTINGS_PENDING", "Changed since the last update.")));
        }
        Health.Level seen = known(deployment, last.get().number()).map(look -> look.health().level()).orElse(Health.Level.HEALTHY);
        return seen.compareTo(Sign.worst(signs)) < 0 ? seen : Sign.worst(signs);
    }

    private Optional<Look> known(Deployment deployment, long lastAtWork) {
        Place place;
        synchronized (places) {
            place = places.get(key(deployment.id()));
        }
        return Optional.ofNullable(place).map(it -> it.look).filter(look -> look.isOf(deployment, lastAtWork));
    }

    /**
     * Owner and permissions of the deployed project as they are on its nodes: what a look for its health has seen, or sees
     * now. While an update is at work the nodes are left alone.
     */
    public SchemeOnNode.Found schemes(Deployment deployment, Infrastructure infrastructure) {
        Health health = of(deployment, infrastructure);
        Optional<SeenSchemes> seen = seenSchemes(deployment);
        Optional<Look> look = lastLook(deployment);
        if (look.isPresent() && seen.isEmpty()) {
            place(deployment.id()).look = null;
            health = of(deployment, infrastructure);
            look = lastLook(deployment);
            seen = seenSchemes(deployment);
        }
        if (look.isEmpty() || seen.isEmpty()) {
            return new SchemeOnNode.Found(null, List.of(), health.messages().isEmpty()
                    ? List.of("No update has come to a node yet.") : health.messages().stream().map(Message::text).toList());
        }
        // A node that was not seen is an error of the health, and says why; so may be something else of one that was.
        Set<String> names = seen.get().nodes().stream().map(SchemeOnNode::node).collect(Collectors.toSet());
        List<String> why = seen.get().nodes().size() == infrastructure.nodes().size() ? List.of()
                : look.get().health().messages().stream()
                        .filter(message -> message.severity() == Message.Severity.ERROR && message.node() != null)
                        .filter(message -> !names.contains(message.node()))
                        .map(message -> Ids.printable(message.node()) + ": " + message.text())
                        .toList();
        return new SchemeOnNode.Found(look.get().at(), seen.get().nodes(), why);
    }

    private Optional<Look> lastLook(Deployment deployment) {
        return recorded.lastAtWork(deployment).flatMap(last -> known(deployment, last.number()));
    }

    /** Of the last look; empty where it is kept no longer. */
    private Optional<SeenSchemes> seenSchemes(Deployment deployment) {
        Optional<Look> look = lastLook(deployment);
        return Optional.ofNullable(schemes.get(key(deployment.id()))).filter(seen -> look.isPresent() && seen.look() == look.get());
    }

    /** The last update that began to change the nodes; empty when none did. */
    public Optional<Update> lastAtWork(Deployment deployment) {
        return recorded.lastAtWork(deployment);
    }

    /** When its nodes were looked at last, if anybody has since its last update. */
    public Optional<Instant> lookedAt(Deployment deployment) {
        return lastLook(deployment).map(Look::at);
    }

    /** Changes whenever nodes were looked at. */
    public long version() {
        return looked.get();
    }

    private static String key(String deploymentId) {
        return deploymentId.toLowerCase(Locale.ROOT);
    }

    private Place place(String deploymentId) {
        synchronized (places) {
            return places.computeIfAbsent(key(deploymentId), id -> new Place());
        }
    }

    private boolean stillHolds(Look look, Deployment deployment, Infrastructure infrastructure, long lastAtWork) {
        return look.isOf(deployment, lastAtWork)
                && look.addresses().equals(infrastructure.nodes())
                && clock.instant().isBefore(look.at().plus(FRESH));
    }

    private Look look(Deployment deployment, Infrastructure infrastructure, Update last, List<Sign> recordedSigns) {
        NodeLooks.Seen seen = nodes.look(deployment, infrastructure, last);
        List<Sign> signs = new ArrayList<>(recordedSigns);
        if (RecordedSigns.isOtherNow(deployment, last)) {
            signs.add(Sign.outOfSync(Message.warning("SETTINGS_PENDING", "Bundle or settings were changed since update "
                    + last.number() + "; the next update brings them to the nodes.")));
        }
        signs.addAll(seen.signs());
        Look look = new Look(deployment, infrastructure.nodes(), last.number(), clock.instant(),
                health(Sign.worst(signs), signs, seen.monitoring()));
        schemes.put(key(deployment.id()), new SeenSchemes(look, seen.schemes()));
        return look;
    }

    private static Health health(Health.Level level, List<Sign> signs, Health.Monitoring monitoring) {
        return new Health(level, signs.stream().map(Sign::message).distinct().toList(), monitoring);
    }

    private Optional<Update> atWork(Deployment deployment) {
        return records.openUpdates().stream()
                .filter(update -> records.isOf(update, deployment))
                .filter(update -> Course.hasBegun(update, Phase.SEND))
                .findFirst();
    }
}
