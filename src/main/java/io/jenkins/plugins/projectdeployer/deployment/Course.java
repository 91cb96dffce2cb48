package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which phase comes next, read off the update's record alone: so a controller that died goes on where it stood, and a
 * living one goes the same way.
 */
final class Course {

    private static final Set<Phase> MAIN = EnumSet.range(Phase.AUTHORIZE, Phase.VERIFY);
    private static final Set<Phase> UNDONE_BY_ROLL_BACK = EnumSet.of(Phase.ACTIVATE, Phase.SECURE, Phase.VERIFY);

    private Course() {}

    /** The phase to begin, or to begin again; empty when the update has ended. */
    static Optional<Phase> next(Update update) {
        if (update.status().ended()) {
            return Optional.empty();
        }
        Optional<Phase> failed = failedPhase(update);
        boolean aborted = update.abortAskedBy() != null;
        if (failed.isEmpty() && !aborted) {
            Optional<Phase> ahead = MAIN.stream()
                    .filter(phase -> !update.request().dryRun() || phase.compareTo(Phase.PLAN) <= 0)
                    .filter(phase -> !hasEnded(update, phase))
                    .findFirst();
            if (ahead.isPresent()) {
                return ahead;
            }
        }
        // What has failed is owed its way back, also when the build is gone by now; an abort of the way back ends it.
        if (failed.isPresent() && mustRollBack(update, failed.get()) && !hasEnded(update, Phase.ROLL_BACK)) {
            return Optional.of(Phase.ROLL_BACK);
        }
        if (hasBegun(update, Phase.SEND) && !aborted && !hasEnded(update, Phase.POST_HOOKS)) {
            return Optional.of(Phase.POST_HOOKS);
        }
        return Optional.of(Phase.REPORT);
    }

    /** What is to be recorded when this phase begins, or begins again. */
    static List<UpdateEvent> beginning(Update update, Phase phase) {
        List<UpdateEvent> events = new ArrayList<>();
        if (!hasBegun(update, phase)) {
            events.add(new UpdateEvent.PhaseStarted(phase));
        }
        // One that is woken at its gate waits on until it has passed; the report ends whatever it was.
        boolean waits = phase == Phase.GATE && update.status() == UpdateStatus.WAITING;
        if (!waits && phase != Phase.REPORT && update.status() != UpdateStatus.RUNNING) {
            events.add(new UpdateEvent.StatusChanged(UpdateStatus.RUNNING));
        }
        return events;
    }

    /** The main phase that failed, if one did. */
    static Optional<Phase> failedPhase(Update update) {
        return update.phases().stream()
                .filter(run -> run.outcome() == Update.Outcome.FAILED && MAIN.contains(run.phase()))
                .map(Update.PhaseRun::phase)
                .findFirst();
    }

    static boolean hasBegun(Update update, Phase phase) {
        return update.phases().stream().anyMatch(run -> run.phase() == phase);
    }

    static boolean hasEnded(Update update, Phase phase) {
        return update.phases().stream().anyMatch(run -> run.phase() == phase && run.outcome() != null);
    }

    /** Going back is for what has been activated; before that the old bundle is still the active one. */
    private static boolean mustRollBack(Update update, Phase failed) {
        return update.plan() != null && update.plan().onFailure() == OnFailure.ROLLBACK
                && UNDONE_BY_ROLL_BACK.contains(failed)
                && update.wayBack() != null;
    }
}
