package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.hook.HookArguments;
import io.jenkins.plugins.projectdeployer.hook.HookStatus;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of an update: its status, and what a post-deployment hook is told of it. */
final class Report {

    private static final String WHERE = "WHAT_IS_WHERE";

    private Report() {}

    /** Records the phase and the end, together with what the status rests on. */
    static void write(UpdateRun run) {
        run.at("before " + Phase.REPORT);
        whatIsWhere(run);
        if (!Course.hasEnded(run.update(), Phase.REPORT)) {
            run.record(new UpdateEvent.PhaseEnded(Phase.REPORT, Update.Outcome.DONE));
        }
        run.record(new UpdateEvent.Ended(status(run.update())));
        run.tellAnchor();
        run.at("after " + Phase.REPORT);
    }

    /** An update that did not reach its end says node by node what is there now, and who ended it. */
    private static void whatIsWhere(UpdateRun run) {
        boolean aborted = run.update().abortAskedBy() != null;
        if (!aborted && Course.failedPhase(run.update()).isEmpty()
                || run.update().messages().stream().anyMatch(message -> message.code().equals(WHERE))) {
            return;
        }
        boolean touched = run.update().hasComeToNodes();
        if (touched) {
            untouchedNodes(run);
        }
        String ended = !aborted ? "" : "Update " + run.update().number() + " was ended by "
                + Ids.printable(run.update().abortAskedBy()) + " in phase " + lastPhase(run.update()).label() + ". ";
        String where = !touched ? "The deployment changed nothing on any node." : "What is where: " + nodes(run.update()) + ".";
        if (aborted || touched) {
            run.say(Message.info(WHERE, ended + where));
        }
    }

    /** A node that no phase came to is as the plan found it. */
    private static void untouchedNodes(UpdateRun run) {
        for (Plan.PlannedNode node : run.plan().nodes()) {
            if (run.update().nodes().stream().noneMatch(result -> result.node().equals(node.name()))) {
                run.record(new UpdateEvent.NodeReached(new Update.NodeResult(node.name(), node.activeBundle(), null, null)));
            }
        }
    }

    private static Phase lastPhase(Update update) {
        return update.phases().stream()
                .filter(run -> run.phase() != Phase.REPORT)
                .reduce((first, second) -> second)
                .map(Update.PhaseRun::phase)
                .orElse(Phase.AUTHORIZE);
    }

    /** What each node has now, as far as the update knows. */
    static String nodes(Update update) {
        return update.nodes().stream().map(node -> onNode(update, node)).collect(Collectors.joining("; "));
    }

    private static String onNode(Update update, Update.NodeResult node) {
        boolean unknown = update.messages().stream().anyMatch(
                message -> message.code().equals(EachNode.ACTIVE_UNKNOWN) && node.node().equals(message.node()));
        return "node " + Ids.printable(node.node()) + (unknown ? " had, when it was last asked, " : " has ")
                + (node.activeBundle() == null ? "no active bundle" : "bundle " + Ids.printable(node.activeBundle()) + " active")
                + (node.reached() == null || node.reached().compareTo(Phase.SEND) < 0 ? "" : ", " + node.reached().label() + " done");
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
        return new HookArguments.Report(status, update.allMessages().stream().map(Message::text).toList());
    }

    private static boolean hasWarning(Update update) {
        List<Message> heeded = update.request().ignoreWarnings() ? update.messages() : update.allMessages();
        return heeded.stream().anyMatch(message -> message.severity().compareTo(Message.Severity.WARNING) >= 0);
    }
}
