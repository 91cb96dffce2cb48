package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The gates of all stages, and the doors to them.
 *
 * @param gatekeeper says whether an update may go on
 * @param alarms wakes those that wait for a time
 * @param editors who changed which infrastructure
 * @param notifications tells people
 */
public record Gates(Gatekeeper gatekeeper, Alarms alarms, Editors editors, Notifications notifications, Parts parts) implements AutoCloseable {

    /**
     * What they are made of.
     *
     * @param healthNow asks the nodes of earlier stages, for an update at its gate
     * @param healthLately asks none, for a page that says what stands in the way
     */
    public record Parts(
            Supplier<Configuration> configuration,
            People people,
            Access access,
            Records records,
            Predicate<String> mayOverrideFreeze,
            Predicate<String> mayBreakGlass,
            List<Notifier> notifiers,
            LongFunction<String> links,
            PresentHealth healthNow,
            PresentHealth healthLately,
            Clock clock) {}

    /** Puts them together. */
    public static Gates of(Parts parts) {
        Editors editors = new Editors(parts.records.gates(), parts.clock);
        return new Gates(new Gatekeeper(parts.configuration, parts.people, parts.records, editors, parts.healthNow, parts.clock),
                new Alarms(parts.clock), editors, new Notifications(parts.notifiers), parts);
    }

    /** Where people find a request; null where there is no page for it. */
    public String link(long update) {
        return parts.links.apply(update);
    }

    /** Whom approvals that are owed are asked of again. */
    public FollowUps followUps() {
        return new FollowUps(parts.records, gatekeeper, alarms, notifications, parts.clock);
    }

    /** The door for whoever decides. */
    public Approvals approvals(Waiting waiting) {
        return new Approvals(parts.people, sight(), parts.records, gatekeeper, followUps(), waiting, notifications, parts.clock);
    }

    /** The ways past a gate. */
    public Emergencies emergencies(Waiting waiting) {
        return new Emergencies(parts.configuration, parts.people, sight(), parts.records, parts.mayOverrideFreeze,
                parts.mayBreakGlass, waiting, notifications, parts.clock);
    }

    /** Whom to tell that the configuration was saved. */
    public SavedConfiguration savedConfiguration(Waiting waiting) {
        return new SavedConfiguration(parts.records, gatekeeper, editors, waiting);
    }

    /** Approvals before anybody asks. */
    public PreApprovals preApprovals(PreApprovals.Planning planning) {
        return new PreApprovals(parts.configuration, parts.people, sight(), parts.records, gatekeeper, planning, parts.clock);
    }

    /** What stands before an update that nobody has asked for yet. */
    public Outlook outlook() {
        return new Outlook(parts.configuration, parts.records, editors, parts.people, parts.healthLately, parts.clock);
    }

    private Sight sight() {
        return new Sight(parts.configuration, parts.access, parts.records);
    }

    @Override
    public void close() {
        alarms.close();
        notifications.close();
    }
}
