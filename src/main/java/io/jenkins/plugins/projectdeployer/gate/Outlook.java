package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.FreezeTimes;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What would stand in the way of an update that somebody asked for at this moment. Asks no directory, records nothing. */
public final class Outlook {

    private final Supplier<Configuration> configuration;
    private final Records records;
    private final Editors editors;
    private final People people;
    private final PresentHealth earlier;
    private final Clock clock;

    /** @param earlier how what is on an earlier stage was when somebody looked last */
    Outlook(Supplier<Configuration> configuration, Records records, Editors editors, People people, PresentHealth earlier, Clock clock) {
        this.configuration = configuration;
        this.records = records;
        this.editors = editors;
        this.people = people;
        this.earlier = earlier;
        this.clock = clock;
    }

    /** What kind of thing stands in the way. */
    public enum Kind {
        APPROVALS,
        PROMOTION,
        FREEZE
    }

    /**
     * Something that stands in the way.
     *
     * @param text what it asks for, for people
     * @param approvers who opens it in the ordinary way; empty where nobody does
     * @param right whoever holds this opens it too
     */
    public record Obstacle(Kind kind, String text, List<Principal> approvers, GlobalRight right) {}

    /** Until when somebody has opened the gate in an emergency, so that nothing of it holds; empty: nobody has. */
    public Optional<Instant> brokenUntil(String project, Infrastructure infrastructure) {
        return records.gates().glass(project, infrastructure.id(), clock.instant()).map(glass -> glass.until());
    }

    /**
     * All that there is before the stage of this infrastructure.
     *
     * @param userId who would ask
     * @param bundle the one that would go; empty: any
     * @param named other infrastructures, by id, that whoever reads this may see
     */
    public List<Obstacle> obstacles(
            String userId, String project, Infrastructure infrastructure, Optional<Bundle> bundle, Predicate<String> named) {
        StageGate gate = configuration.get().gate(infrastructure);
        List<Obstacle> obstacles = new ArrayList<>();
        promotion(gate, infrastructure, project, bundle, named)
                .ifPresent(text -> obstacles.add(new Obstacle(Kind.PROMOTION, text, List.of(), GlobalRight.BREAK_GLASS)));
        if (gate.approvals() > 0) {
            obstacles.add(new Obstacle(Kind.APPROVALS, approvals(gate, infrastructure, userId),
                    gate.approvers().stream().filter(approver -> !isUser(approver, userId)).toList(), GlobalRight.BREAK_GLASS));
        }
        gate.frozen(infrastructure.id(), project, clock.instant()).ifPresent(window ->
                obstacles.add(new Obstacle(Kind.FREEZE, text(window), List.of(), GlobalRight.OVERRIDE_FREEZE)));
        return obstacles;
    }

    private Optional<String> promotion(
            StageGate gate, Infrastructure infrastructure, String project, Optional<Bundle> bundle,
            Predicate<String> named) {
        return bundle.isPresent()
                ? new Promotion(records, earlier).problem(gate, infrastructure.stage(), project, bundle.get().bundleId(),
                        bundle.get().sha256(), clock.instant(), named).map(NotPromoted::why)
                : Promotion.demands(gate);
    }

    private boolean isUser(Principal approver, String userId) {
        return !approver.isGroup() && people.userKey(approver.name()).equals(people.userKey(userId));
    }

    private static String text(FreezeTimes.Window window) {
        return "Freeze " + Ids.printable(window.name()) + " lasts until " + Moment.words(window.end()) + ".";
    }

    private String approvals(StageGate gate, Infrastructure infrastructure, String userId) {
        Editors.Recent recent = editors.recent(infrastructure, gate);
        int needed = gate.approvals() + (recent.unknown() ? 1 : 0);
        List<String> excluded = new ArrayList<>(List.of(Ids.printable(userId) + ", who asks, does not count"));
        recent.users().stream()
                .filter(editor -> !people.userKey(editor).equals(people.userKey(userId)))
                .forEach(editor -> excluded.add(Ids.printable(editor) + ", who changed the infrastructure or its hooks shortly before,"
                        + " does not count"));
        if (recent.unknown()) {
            excluded.add("one more than usual, since nobody knows who changed the infrastructure shortly before");
        }
        return "Stage " + Ids.printable(infrastructure.stage()) + " asks for " + needed + " of: "
                + gate.approvers().stream().map(approver -> Ids.printable(approver.toString())).collect(Collectors.joining(", "))
                + "; " + String.join("; ", excluded) + ".";
    }
}
