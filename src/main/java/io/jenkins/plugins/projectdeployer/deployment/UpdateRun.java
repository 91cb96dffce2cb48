package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One update while it is being carried out: its record, its followers and the wish to end it. */
final class UpdateRun {

    private static final Logger LOGGER = Logger.getLogger(UpdateRun.class.getName());

    private final Records records;
    private final Followers followers;
    private final Barrier barrier;
    private volatile Cancellation cancellation = new Cancellation();
    private final Runnable wake;
    private final Phase leftOpen;
    private volatile Update update;
    private final Set<UpdateEvent.RunEnded> kept = ConcurrentHashMap.newKeySet();
    private final List<UpdateEvent> concluded = new ArrayList<>();
    /** Whether an earlier start of the controller has shown what it waits for. */
    private boolean waited;
    private String waitsFor;
    private Instant silentSince;

    UpdateRun(Update update, Records records, Followers followers, Barrier barrier, Runnable wake) {
        this.update = update;
        this.records = records;
        this.followers = followers;
        this.barrier = barrier;
        this.wake = wake;
        waited = update.status() == UpdateStatus.WAITING || update.status() == UpdateStatus.QUEUED && update.phase() != null;
        this.leftOpen = update.phases().stream().filter(run -> run.outcome() == null).map(Update.PhaseRun::phase).findFirst().orElse(null);
    }

    /** Whether an earlier controller may have done the present phase in part: it had begun, and its end is not on record. */
    boolean isDoneAgain() {
        return update.phase() == leftOpen;
    }

    /** The record as it is now. */
    Update update() {
        return update;
    }

    /** The frozen plan. */
    Plan plan() {
        return update.plan();
    }

    /** What to call once a parked update may go on. */
    Runnable wake() {
        return wake;
    }

    /** Cancelled when somebody aborts the update or the controller stops. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** Records who wants the update to end, once, and stops what runs for it; one that has ended stays as it is. */
    synchronized void askToEnd(String by) {
        if (update.status().ended()) {
            return;
        }
        if (update.abortAskedBy() == null) {
            record(new UpdateEvent.AbortAsked(by));
        }
        cancellation.cancel();
    }

    /** Whether the controller stops, and what runs is left for its next start. */
    boolean isLeaving() {
        return cancellation.isLeaving() && update.abortAskedBy() == null;
    }

    /** What was aborted is over; what is owed after it can be cancelled anew. */
    void renewCancellation() {
        cancellation = new Cancellation();
    }

    /** Makes it durable, and only then true. Nodes and hooks report from several threads. */
    synchronized void record(UpdateEvent event) {
        record(List.of(event));
    }

    /** The same for several at once, after what was {@linkplain #conclude concluded} before. */
    synchronized void record(List<UpdateEvent> events) {
        List<UpdateEvent> all = new ArrayList<>(concluded);
        all.addAll(events);
        update = records.record(update.number(), all);
        concluded.clear();
    }

    /**
     * What a phase has found out and nothing rests on before the phase is over: it is recorded, and becomes true, together
     * with the phase's end or whatever is recorded before that. One write to the disk less for each.
     */
    synchronized void conclude(UpdateEvent event) {
        concluded.add(event);
    }

    /** Records that a phase begins, as far as that is not recorded. */
    synchronized void begin(Phase phase) {
        // Left by an attempt that could not be recorded; the phase concludes it anew.
        concluded.clear();
        List<UpdateEvent> events = Course.beginning(update, phase);
        if (!events.isEmpty()) {
            record(events);
        }
    }

    /** Records that a phase is over, and at once that the next one begins: nothing is done between the two. */
    synchronized void pass(Phase phase, Update.Outcome outcome) {
        UpdateEvent ended = new UpdateEvent.PhaseEnded(phase, outcome);
        Update ahead = update.after(ended, Instant.now());
        List<UpdateEvent> events = new ArrayList<>(List.of(ended));
        Course.next(ahead).ifPresent(next -> events.addAll(Course.beginning(ahead, next)));
        record(events);
    }

    /**
     * Records how a run ended, which cannot be found out a second time: where the journal fails it is kept, for
     * {@link #recordKept} to record when the phase is begun again.
     */
    void recordOnce(UpdateEvent.RunEnded event) {
        kept.add(event);
        record(event);
        kept.remove(event);
    }

    /** Records how this run ended, if that is known and could not be recorded before. */
    boolean recordKept(Update.RunKind kind, String name) {
        Optional<UpdateEvent.RunEnded> event = kept.stream()
                .filter(ended -> ended.kind() == kind && ended.name().equals(name))
                .findFirst();
        event.ifPresent(this::recordOnce);
        return event.isPresent();
    }

    /** Records a message and shows it, once: a phase that is done again after a restart has the same things to say. */
    void say(Message message) {
        if (isNew(message)) {
            progress(message.line());
        }
    }

    private synchronized boolean isNew(Message message) {
        if (update.messages().contains(message)) {
            return false;
        }
        record(new UpdateEvent.Said(message));
        return true;
    }

    /**
     * Shows what it waits for, unless that is what was shown last: whoever looks again and waits on says nothing new. What it
     * waited for when the controller stopped was shown before that.
     */
    synchronized void waits(String line) {
        boolean known = waited && isDoneAgain() || line.equals(waitsFor);
        waited = false;
        waitsFor = line;
        if (!known) {
            progress(line);
        }
    }

    /**
     * Since when somebody who must answer does not; it begins with the first question.
     *
     * @param now null: they have answered
     */
    synchronized Instant silentSince(Instant now) {
        silentSince = now == null || silentSince == null ? now : silentSince;
        return silentSince;
    }

    /** Shows a line to whoever follows, one line whatever is in it; not kept. */
    void progress(String line) {
        followers.progress(update.number(), Ids.oneLine(line));
    }

    /**
     * Prints where the journal stands into the build log and the system log: whoever keeps one of them can show later
     * that nothing before it was changed.
     */
    void tellAnchor() {
        String anchor = "audit: recorded up to " + records.head();
        progress(anchor + ", by which an administrator can show later that nothing of it was changed");
        LOGGER.log(Level.INFO, "Update {0} ended; {1}", new Object[] {String.valueOf(update.number()), anchor});
    }

    /** Tells followers that the update stands elsewhere. */
    void changed() {
        followers.changed(update);
    }

    /** Passes a named place. */
    void at(String place) {
        barrier.at(place);
    }
}
