package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.hook.HookArguments;
import io.jenkins.plugins.projectdeployer.hook.HookStatus;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.Optional;
import java.util.stream.Stream;

/** The end of an update: its status, and what a post-deployment hook is told of it. */
final class Report {

    private Report() {}

    /** Records the phase and the end, together with what the status rests on. */
    static void write(UpdateRun run) {
        if (!Course.hasBegun(run.update(), Phase.REPORT)) {
            run.record(new UpdateEvent.PhaseStarted(Phase.REPORT));
        }
        run.at("before " + Phase.REPORT);
        if (!Course.hasEnded(run.update(), Phase.REPORT)) {
            run.record(new UpdateEvent.PhaseEnded(Phase.REPORT, Update.Outcome.DONE));
        }
        run.record(new UpdateEvent.Ended(status(run.update())));
        run.at("after " + Phase.REPORT);
    }

    static UpdateStatus status(Update update) {
        if (update.abortAskedBy() != null) {
            return UpdateStatus.ABORTED;
        }
        Optional<Phase> failed = Course.failedPhase(update);
        if (failed.isPresent()) {
            return update.isDone(Phase.ROLL_BACK) ? UpdateStatus.ROLLED_BACK : UpdateStatus.FAILED;
        }
        if (update.request().dryRun()) {
            return UpdateStatus.PLANNED;
        }
        if (update.phases().stream().anyMatch(run -> run.outcome() == Update.Outcome.FAILED)) {
            return UpdateStatus.FAILED;
        }
        return hasWarning(update) ? UpdateStatus.WARNING : UpdateStatus.SUCCESS;
    }

    /** The {@code deployment_report} of a post-deployment hook (facts A5.4). */
    static HookArguments.Report forHook(Update update) {
        HookStatus status = Course.failedPhase(update).isPresent()
                ? HookStatus.ERROR
                : hasWarning(update) ? HookStatus.WARNING : HookStatus.SUCCESS;
        return new HookArguments.Report(status, update.messages().stream().map(Message::text).toList());
    }

    private static boolean hasWarning(Update update) {
        Stream<Message> planned = update.plan() == null || update.request().ignoreWarnings()
                ? Stream.empty()
                : update.plan().messages().stream();
        return Stream.concat(planned, update.messages().stream())
                .anyMatch(message -> message.severity().compareTo(Message.Severity.WARNING) >= 0);
    }
}
