package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reminds of approvals that are owed for what went under broken glass: when their time is over, and every day after that
 * until somebody decides. Nothing is recorded of it; the times follow from the request alone.
 */
public final class FollowUps {

    /** Between two reminders. */
    static final Duration EVERY = Duration.ofDays(1);

    private static final Logger LOGGER = Logger.getLogger(FollowUps.class.getName());

    private final GateRecords gates;
    private final Alarms alarms;
    private final Notifications notifications;
    private final Clock clock;

    FollowUps(GateRecords gates, Alarms alarms, Notifications notifications, Clock clock) {
        this.gates = gates;
        this.alarms = alarms;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Goes on after a start of the controller. */
    public void resume() {
        gates.requestsAfter(0).forEach(this::watch);
    }

    /** Watches a request whose approvals are owed; any other is left alone. */
    public void watch(ApprovalRequest request) {
        if (request.state() == ApprovalRequest.State.FOLLOW_UP && request.followUpBy() != null) {
            at(request.update(), next(request.followUpBy(), clock.instant()));
        }
    }

    private void at(long update, Instant then) {
        alarms.at(update, then, () -> ring(update, then));
    }

    /** An alarm may come early: it is set for an hour at the longest. */
    private void ring(long update, Instant then) {
        gates.request(update).filter(request -> request.state() == ApprovalRequest.State.FOLLOW_UP).ifPresent(request -> {
            if (clock.instant().isBefore(then)) {
                at(update, then);
                return;
            }
            remind(request);
            watch(request);
        });
    }

    private void remind(ApprovalRequest request) {
        long given = request.votes().stream().filter(vote -> vote.approves()).count();
        String text = "Update " + request.update() + " went past the gate of stage " + request.stage() + " under broken glass, and "
                + given + " of " + request.needed() + " approvals are there; they are owed since " + request.followUpBy() + " ("
                + Span.words(Duration.between(request.followUpBy(), clock.instant())) + ")";
        LOGGER.log(Level.WARNING, text);
        notifications.tell(GateNews.of(GateNews.Kind.FOLLOW_UP_OVERDUE, clock.instant(), request, null, text));
    }

    /** The first of the times for a reminder that has not come yet. */
    static Instant next(Instant due, Instant now) {
        return now.isBefore(due) ? due : due.plus(EVERY.multipliedBy(Duration.between(due, now).dividedBy(EVERY) + 1));
    }
}
