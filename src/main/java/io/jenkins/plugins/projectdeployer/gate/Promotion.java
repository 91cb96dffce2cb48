package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.store.Arrival;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a bundle has been where it must have been. What counts is this very bundle, by its digest, active on every node
 * of an infrastructure that was on that stage then; the longest time without interruption. Where it is there still, it
 * must also be well at this moment.
 */
final class Promotion {

    /** Updates of a deployment that are looked at, newest first, of those that came to nodes. */
    private static final int LOOKED_AT = 200;

    private final Records records;
    private final PresentHealth health;

    Promotion(Records records, PresentHealth health) {
        this.records = records;
        this.health = health;
    }

    /**
     * A time during which the bundle was active.
     *
     * @param lasts whether no update has come there since
     */
    private record Stay(Deployment deployment, Arrival arrival, Duration length, boolean lasts) {}

    /**
     * Why the bundle must not come yet, and where it stands; empty when it may. An infrastructure that is
     * not {@code named} is not told by its id, nor by the number of an update.
     *
     * @param named infrastructures, by id, that whoever reads this may see
     */
    Optional<NotPromoted> problem(StageGate gate, String stage, String project, String bundle, String sha256, Instant at,
            Predicate<String> named) {
        if (gate.promoteFrom() == null) {
            return Optional.empty();
        }
        List<Stay> stays = stays(gate, project, sha256, at);
        Duration wanted = gate.promoteAfter() == null ? Duration.ZERO : gate.promoteAfter().duration();
        boolean silent = false;
        for (Stay stay : stays) {
            if (gate.promoteHealth().isMetBy(stay.arrival().status()) && stay.length().compareTo(wanted) >= 0) {
                Optional<PresentHealth.Lacking> lacking = lacking(stay, gate);
                if (lacking.isEmpty()) {
                    return Optional.empty();
                }
                silent |= lacking.get().silent();
            }
        }
        return Optional.of(new NotPromoted("Bundle " + Ids.printable(bundle) + " may not come to stage " + stage
                + " yet: it must have been deployed on stage " + gate.promoteFrom() + demand(gate) + "; " + where(stays, gate, named) + ".", silent));
    }

    /** What the gate asks of any bundle; empty where it asks nothing. */
    static Optional<String> demands(StageGate gate) {
        return gate.promoteFrom() == null ? Optional.empty()
                : Optional.of("A bundle must have been deployed on stage " + gate.promoteFrom() + demand(gate) + ".");
    }

    private static String demand(StageGate gate) {
        String health = switch (gate.promoteHealth()) {
            case DEPLOYED -> "";
            case WARNING -> " by an update that ended well";
            case HEALTHY -> " by an update that ended without a warning";
        };
        return health + (gate.promoteAfter() == null ? "" : " and have been active for " + Span.words(gate.promoteAfter().duration()));
    }

    /** Of a stay that is over, only its update's outcome is known. */
    private Optional<PresentHealth.Lacking> lacking(Stay stay, StageGate gate) {
        return stay.lasts() ? health.lacking(stay.deployment(), gate.promoteHealth()) : Optional.empty();
    }

    private String where(List<Stay> stays, StageGate gate, Predicate<String> named) {
        if (stays.isEmpty()) {
            return "it has not been active there";
        }
        Stay best = stays.stream().max(Comparator
                .comparing((Stay stay) -> gate.promoteHealth().isMetBy(stay.arrival().status()))
                .thenComparing(Stay::length)).orElseThrow();
        String infrastructure = best.deployment().infrastructureId();
        String brought = named.test(infrastructure)
                ? "update " + best.arrival().update() + " brought it to infrastructure " + infrastructure
                : "an update brought it to an infrastructure of that stage";
        return brought + " and ended " + best.arrival().status() + ", and it was active for " + Span.words(best.length())
                + lacking(best, gate).map(lacking -> "; its health there is " + lacking.level() + " now").orElse("");
    }

    private List<Stay> stays(StageGate gate, String project, String sha256, Instant at) {
        List<Stay> stays = new ArrayList<>();
        for (Deployment deployment : records.deployments()) {
            if (deployment.projectKey().equals(project)) {
                addStays(deployment, gate, sha256, at, stays);
            }
        }
        return stays;
    }

    /** The stage is that of the time of the update: an infrastructure that is moved afterwards takes nothing with it. */
    private void addStays(Deployment deployment, StageGate gate, String sha256, Instant at, List<Stay> stays) {
        Instant until = at;
        boolean lasts = true;
        for (Arrival arrival : records.arrivals(deployment).limit(LOOKED_AT).toList()) {
            boolean here = arrival.active() && sha256.equals(arrival.sha256()) && gate.promoteFrom().equals(arrival.stage());
            if (here) {
                stays.add(new Stay(deployment, arrival, Duration.between(arrival.endedAt(), until), lasts));
            }
            // Deployed again, and well, it goes on being there.
            if (!here || !gate.promoteHealth().isMetBy(arrival.status())) {
                until = arrival.submittedAt();
                lasts = false;
            }
        }
    }
}
