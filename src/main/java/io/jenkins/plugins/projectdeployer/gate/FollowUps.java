package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.Amount;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.Vote;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is owed for what went under broken glass. It is closed once it was rejected or enough have agreed; until then,
 * people are reminded when its time is over, and every day after that. Nothing is recorded of reminders; their times
 * follow from the request alone.
 */
public final class FollowUps {

    /** Between two reminders. */
    static final Duration EVERY = Duration.ofDays(1);

    private static final Logger LOGGER = Logger.getLogger(FollowUps.class.getName());

    private final Records records;
    private final GateRecords gates;
    private final Gatekeeper gatekeeper;
    private final Alarms alarms;
    private final Notifications notifications;
    private final Clock clock;

    FollowUps(Records records, Gatekeeper gatekeeper, Alarms alarms, Notifications notifications, Clock clock) {
        this.records = records;
        this.gates = records.gates();
        this.gatekeeper = gatekeeper;
        this.alarms = alarms;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Goes on after a start of the controller, beside it: to count approvals is to ask the directory. */
    public void resume() {
        gates.requestsAfter(0).filter(FollowUps::isOwed).forEach(request -> ringFirst(request, clock.instant()));
    }

    private void ringFirst(ApprovalRequest request, Instant now) {
        alarms.at(request.update(), now, () -> alarms.beside(() -> ring(request.update(), next(request.followUpBy(), now))));
    }

    /**
     * Watches a request whose approvals are owed, unless they are there; any other is left alone.
     *
     * @return whether approvals are owed
     */
    public boolean watch(ApprovalRequest request) {
        if (!isOwed(request) || settle(request.update())) {
            return false;
        }
        at(request.update(), next(request.followUpBy(), clock.instant()));
        return true;
    }

    private static boolean isOwed(ApprovalRequest request) {
        return request.state() == ApprovalRequest.State.FOLLOW_UP && request.followUpBy() != null;
    }

    /**
     * Closes what was rejected, or what enough have agreed to. Doing so twice does it once. A vote is durable before this
     * is asked, so whoever finds it there again asks again.
     *
     * @return false when approvals are still owed, or when the directory does not answer and nobody knows
     */
    boolean settle(long update) {
        Optional<ApprovalRequest> owed = gates.request(update).filter(FollowUps::isOwed);
        if (owed.isEmpty()) {
            return true;
        }
        if (isStillAtGate(update)) {
            return false;
        }
        ApprovalRequest request = owed.get();
        Optional<Vote> rejection = request.rejection();
        if (rejection.isPresent()) {
            LOGGER.log(Level.WARNING, "Update {0}, which went out under broken glass, was rejected afterwards by {1}: {2}",
                    new Object[] {String.valueOf(update), Ids.printable(rejection.get().userId()), Ids.printable(rejection.get().reason(), 1000)});
            gates.close(update, "rejected afterwards", rejection.get().userId());
            return true;
        }
        try {
            Tally tally = gatekeeper.tally(request);
            if (tally.isEnough()) {
                List<Vote> counting = tally.counting();
                gates.close(update, "its approvals are there", counting.get(counting.size() - 1).userId());
            }
            return tally.isEnough();
        } catch (Refused unavailable) {
            LOGGER.log(Level.INFO, "Approvals owed for update {0} are counted later: {1}", new Object[] {String.valueOf(update), unavailable.getMessage()});
            return false;
        }
    }

    /** Until its own record says that it has passed, an update needs its request: without one, it asks anew. */
    private boolean isStillAtGate(long update) {
        return records.update(update).filter(known -> known.gate() == null && !known.status().ended()).isPresent();
    }

    private void at(long update, Instant then) {
        alarms.at(update, then, () -> alarms.beside(() -> ring(update, then)));
    }

    /** An alarm may come early: it is set for an hour at the longest. */
    private void ring(long update, Instant then) {
        if (isSettled(update)) {
            return;
        }
        gates.request(update).filter(FollowUps::isOwed).ifPresent(request -> {
            if (clock.instant().isBefore(then)) {
                at(update, then);
                return;
            }
            remind(request);
            at(update, next(request.followUpBy(), clock.instant()));
        });
    }

    /** A journal that cannot be written to at the moment ends no watch. */
    private boolean isSettled(long update) {
        try {
            return settle(update);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "What is owed for update " + update + " could not be closed; it is tried again within the hour", e);
            return false;
        }
    }

    private void remind(ApprovalRequest request) {
        long given = request.votes().stream().filter(vote -> vote.approves()).count();
        String text = "Update " + request.update() + " went past the gate of stage " + request.stage() + " under broken glass, and "
                + given + " of " + Amount.of(request.needed(), "approval is", "approvals are") + " there, owed since "
                + Moment.words(request.followUpBy()) + " ("
                + Span.words(Duration.between(request.followUpBy(), clock.instant())) + ")";
        LOGGER.log(Level.WARNING, text);
        notifications.tell(GateNews.of(GateNews.Kind.FOLLOW_UP_OVERDUE, clock.instant(), request, null, text));
    }

    /** The first of the times for a reminder that has not come yet. */
    static Instant next(Instant due, Instant now) {
        return now.isBefore(due) ? due : due.plus(EVERY.multipliedBy(Duration.between(due, now).dividedBy(EVERY) + 1));
    }
}
