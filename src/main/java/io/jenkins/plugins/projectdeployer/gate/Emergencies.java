package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest.FreezeOverride;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.FreezeTimes;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Lengths;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The two ways past a gate. Each is a right of its own, takes a reason, and is told in the audit, in Jenkins' log, in the
 * logs of the builds and to whoever is notified.
 */
public final class Emergencies {

    /** The longest time for which the glass can be broken at once. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** Who clicks twice does so within this time; later, the same words open the gate for longer. */
    static final Duration TWICE = Duration.ofMinutes(1);

    private static final Logger LOGGER = Logger.getLogger(Emergencies.class.getName());

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Sight sight;
    private final GateRecords gates;
    private final Predicate<String> mayOverrideFreeze;
    private final Predicate<String> mayBreakGlass;
    private final Waiting waiting;
    private final Notifications notifications;
    private final Clock clock;

    Emergencies(
            Supplier<Configuration> configuration,
            People people,
            Sight sight,
            Records records,
            Predicate<String> mayOverrideFreeze,
            Predicate<String> mayBreakGlass,
            Waiting waiting,
            Notifications notifications,
            Clock clock) {
        this.configuration = configuration;
        this.people = people;
        this.sight = sight;
        this.gates = records.gates();
        this.mayOverrideFreeze = mayOverrideFreeze;
        this.mayBreakGlass = mayBreakGlass;
        this.waiting = waiting;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Lets one update through a freeze; its approvals are asked for all the same. Doing so twice counts once.
     *
     * @param id number of the update that waits
     * @param reason must be given
     */
    public ApprovalRequest overrideFreeze(String userId, long id, String reason) {
        Person person = people.person(userId);
        ApprovalRequest seen = sight.visible(person, id);
        require(person, mayOverrideFreeze, "override a freeze");
        String why = reason(reason, "override the freeze");
        Instant now = clock.instant();
        FreezeTimes.Window window = frozen(seen, now, null).orElseThrow(() -> Refused.conflict("There is no freeze in the way of update " + id + "."));
        FreezeOverride given = new FreezeOverride(person.id(), why, now, window.name());
        ApprovalRequest after = gates.change(id, "freeze-overridden", person.id(), request -> {
            if (request == null || request.state() != ApprovalRequest.State.WAITING) {
                throw sight.tooLate(id);
            }
            boolean through = request.override() != null && frozen(request, now, request.override().at()).isEmpty();
            return through ? request : request.with(given);
        });
        if (given.equals(after.override())) {
            String text = "Freeze " + Ids.printable(window.name()) + " is overridden for update " + id + " by " + Ids.printable(person.id())
                    + ": " + Ids.printable(why, 500);
            LOGGER.log(Level.WARNING, text);
            waiting.tell(id, "gate: WARNING " + text);
            notifications.tell(GateNews.of(GateNews.Kind.FREEZE_OVERRIDDEN, now, after, person.id(), text));
            waiting.wake(id);
        }
        return after;
    }

    private Optional<FreezeTimes.Window> frozen(ApprovalRequest request, Instant now, Instant overriddenAt) {
        return configuration.get().infrastructure(request.infrastructure())
                .flatMap(infrastructure -> configuration.get().gate(infrastructure).frozen(
                        infrastructure.id(), request.project(), now, overriddenAt));
    }

    /**
     * Opens the gate for updates of one project on one infrastructure: no approval, no promotion rule and no freeze holds
     * them, those that wait go on at once, and each of them owes its approvals afterwards. Sent twice within
     * {@link #TWICE} with the same words and length, it counts once.
     *
     * @param length how long the gate stays open, {@link #LONGEST} at most
     * @param reason must be given
     */
    public BrokenGlass breakGlass(String userId, String project, String infrastructureId, Duration length, String reason) {
        Person person = people.person(userId);
        if (!sight.sees(person, project, infrastructureId)) {
            throw Refused.notFound("deployment target", project + " on " + infrastructureId);
        }
        require(person, mayBreakGlass, "break the glass");
        String why = reason(reason, "break the glass");
        if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(LONGEST) > 0) {
            throw Refused.invalid("length " + Span.words(length) + " must be between 1 min and " + Span.words(LONGEST) + ".");
        }
        Infrastructure infrastructure = configuration.get().infrastructure(infrastructureId).orElseThrow();
        Instant now = clock.instant();
        BrokenGlass glass = new BrokenGlass(UUID.randomUUID().toString(), person.id(), why, now, now.plus(length), project, infrastructure.id());
        BrokenGlass before = gates.addUnlessThere(glass, other -> isTheSame(glass, other));
        if (!before.equals(glass)) {
            return before;
        }
        String text = "BROKEN GLASS: " + Ids.printable(person.id()) + " has opened the gate of project " + Ids.printable(project)
                + " on infrastructure " + infrastructure.id() + " until " + Moment.words(glass.until()) + ": " + Ids.printable(why, 500);
        LOGGER.log(Level.WARNING, text);
        notifications.tell(GateNews.of(glass, configuration.get().gate(infrastructure), text));
        gates.requestsAfter(0)
                .filter(request -> request.state() == ApprovalRequest.State.WAITING)
                .filter(request -> glass.serves(request.project(), request.infrastructure(), now))
                .forEach(request -> {
                    waiting.tell(request.update(), "gate: WARNING " + text);
                    waiting.wake(request.update());
                });
        return glass;
    }

    private boolean isTheSame(BrokenGlass glass, BrokenGlass other) {
        return other.serves(glass.project(), glass.infrastructure(), glass.at())
                && people.userKey(other.userId()).equals(people.userKey(glass.userId()))
                && other.reason().equals(glass.reason())
                && other.length().equals(glass.length())
                && Duration.between(other.at(), glass.at()).compareTo(TWICE) < 0;
    }

    /** Glass that is broken at this moment, where this person may see what it is about. */
    public List<BrokenGlass> broken(Person person) {
        return gates.glasses(clock.instant()).stream()
                .filter(glass -> sight.sees(person, glass.project(), glass.infrastructure()))
                .sorted(Comparator.comparing(BrokenGlass::until))
                .toList();
    }

    /** Whether this user holds the right to let an update through a freeze. */
    public boolean mayOverrideFreeze(String userId) {
        return holds(mayOverrideFreeze, userId);
    }

    /** Whether this user holds the right to open a gate. */
    public boolean mayBreakGlass(String userId) {
        return holds(mayBreakGlass, userId);
    }

    /** Whom the directory does not know, or says nothing of, is offered nothing; whoever acts is told why. */
    private static boolean holds(Predicate<String> right, String userId) {
        try {
            return right.test(userId);
        } catch (Refused unknown) {
            return false;
        }
    }

    private static void require(Person person, Predicate<String> right, String what) {
        if (!right.test(person.id())) {
            throw new Refused(Refused.Reason.FORBIDDEN, "you (" + Ids.printable(person.id()) + ") need the Jenkins permission to "
                    + what + "; an administrator of Jenkins grants it.");
        }
    }

    private static String reason(String reason, String what) {
        if (reason == null || reason.isBlank()) {
            throw Refused.invalid("A reason is missing: say why you " + what + ".");
        }
        return Lengths.checked("reason", reason.strip(), Lengths.REASON);
    }
}
