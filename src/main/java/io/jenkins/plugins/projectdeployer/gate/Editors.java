package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureEdit;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who changed an infrastructure or its hooks. What a person saves is recorded under their name. Everything else is
 * noticed when somebody asks for an update of the infrastructure, saves the configuration or starts the controller,
 * because it is not what it was: by code, by hand in a file, by a restored backup; then nobody knows who it was.
 */
public final class Editors {

    private static final Duration TELLING = Duration.ofMinutes(1);

    private final GateRecords gates;
    private final Clock clock;
    /** What was looked at last, by id: settings are never changed in place, so the same object is no change. */
    private final Map<String, Infrastructure> seen = new ConcurrentHashMap<>();

    public Editors(GateRecords gates, Clock clock) {
        this.gates = gates;
        this.clock = clock;
    }

    /**
     * Those of the time that a gate looks back at.
     *
     * @param users ids of those who are known
     * @param unknown whether somebody else is among them
     */
    record Recent(Set<String> users, boolean unknown) {}

    /**
     * Records what was saved.
     *
     * @param userId who saved it; null: nobody in person
     */
    public void saved(Infrastructure infrastructure, String userId) {
        if (userId == null && seen.get(infrastructure.id()) == infrastructure) {
            return;
        }
        String revision = Ingredients.revision(infrastructure);
        InfrastructureEdit newest = newest(infrastructure);
        if (newest == null || !revision.equals(newest.revision()) || wasNoticedFirst(newest, userId)) {
            gates.add(new InfrastructureEdit(infrastructure.id(), revision, userId, clock.instant()));
        }
        seen.put(infrastructure.id(), infrastructure);
    }

    /** Records what is other than it was when it was looked at last. */
    void notice(Infrastructure infrastructure) {
        saved(infrastructure, null);
    }

    /** Who is not to approve what goes to this infrastructure, as far as it is recorded: pages ask this, so nothing is written. */
    Recent recent(Infrastructure infrastructure, StageGate gate) {
        if (gate.excludeEditorsWithin() == null) {
            return new Recent(Set.of(), false);
        }
        Instant since = clock.instant().minus(gate.excludeEditorsWithin().duration());
        List<InfrastructureEdit> edits = gates.edits(infrastructure.id()).stream().filter(edit -> edit.at().isAfter(since)).toList();
        Set<String> users = new TreeSet<>(edits.stream().map(InfrastructureEdit::userId).filter(Objects::nonNull).toList());
        return new Recent(users, edits.stream().anyMatch(edit -> edit.userId() == null));
    }

    /** A gate may look between the saving and the telling of it; whoever saved is an editor all the same. */
    private boolean wasNoticedFirst(InfrastructureEdit newest, String userId) {
        return userId != null && newest.userId() == null && newest.at().isAfter(clock.instant().minus(TELLING));
    }

    private InfrastructureEdit newest(Infrastructure infrastructure) {
        List<InfrastructureEdit> edits = gates.edits(infrastructure.id());
        return edits.isEmpty() ? null : edits.get(edits.size() - 1);
    }
}
