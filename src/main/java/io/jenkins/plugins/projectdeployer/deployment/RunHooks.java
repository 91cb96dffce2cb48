package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.hook.HookArguments;
import io.jenkins.plugins.projectdeployer.hook.HookExecution;
import io.jenkins.plugins.projectdeployer.hook.HookNotApproved;
import io.jenkins.plugins.projectdeployer.hook.HookOutcome;
import io.jenkins.plugins.projectdeployer.hook.HookRun;
import io.jenkins.plugins.projectdeployer.hook.HookRunner;
import io.jenkins.plugins.projectdeployer.hook.HookStatus;
import io.jenkins.plugins.projectdeployer.hook.NoHookSlot;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.store.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The hooks of one phase, in their order, each at most once in an update. A pre-deployment hook that fails stops;
 * post-deployment hooks all run, and what they say undoes nothing. A hook that finds no slot in time fails the update
 * either way: before it the deployment has changed nothing on the node, after it the bundle is active (facts A5.9 to A5.13).
 */
final class RunHooks implements PhaseAction {

    private static final int LONGEST_DETAILS = 64 * 1024;
    private static final int LONGEST_PATH = 300;
    private static final String NO_SLOT = "NO_HOOK_SLOT";
    private static final String NOT_APPROVED = "HOOK_NOT_APPROVED";

    private final HookPhase phase;
    private final Update.RunKind kind;
    private final HookRunner runner;
    private final HookRuns hookRuns;

    RunHooks(HookPhase phase, HookRunner runner, HookRuns hookRuns) {
        this.phase = phase;
        this.kind = phase == HookPhase.PRE ? Update.RunKind.PRE_HOOK : Update.RunKind.POST_HOOK;
        this.runner = runner;
        this.hookRuns = hookRuns;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws PhaseFailed, InterruptedException {
        List<Hook> hooks = run.plan() == null ? List.of() : run.plan().infrastructure().hooks(phase);
        if (hooks.isEmpty()) {
            return Update.Outcome.SKIPPED;
        }
        HookArguments.Report report = phase == HookPhase.PRE ? null : Report.forHook(run.update());
        List<Message> starved = new ArrayList<>();
        for (Hook hook : hooks) {
            if (run.isLeaving()) {
                throw leaving(hook);
            }
            Optional<Message> problem = once(run, hook, report);
            if (phase == HookPhase.PRE && problem.filter(message -> message.severity() == Message.Severity.ERROR).isPresent()) {
                throw new PhaseFailed(List.of(problem.get()));
            }
            problem.filter(message -> message.code().equals(NO_SLOT)).ifPresent(starved::add);
            problem.filter(message -> !message.code().equals(NO_SLOT)).ifPresent(run::say);
            if (run.update().abortAskedBy() != null) {
                break;
            }
        }
        if (!starved.isEmpty()) {
            throw new PhaseFailed(starved);
        }
        return Update.Outcome.DONE;
    }

    /** The phase stays open: hooks that have not begun run at the next start, one that was killed is not run again. */
    private static PhaseFailed leaving(Hook hook) {
        return new PhaseFailed("UNAVAILABLE", "The controller stops before hook " + hook.name() + " has ended.");
    }

    /** Runs a hook that has not begun; of one that has, says again how it ended. */
    private Optional<Message> once(UpdateRun run, Hook hook, HookArguments.Report report)
            throws PhaseFailed, InterruptedException {
        Optional<Update.Run> before = run.update().run(kind, hook.name());
        if (before.isPresent() && before.get().endedAt() == null && !run.recordKept(kind, hook.name())) {
            return Optional.of(unknown(hook));
        }
        if (before.isEmpty()) {
            execute(run, hook, report);
        }
        return problem(hook, run.update().run(kind, hook.name()).orElseThrow());
    }

    private void execute(UpdateRun run, Hook hook, HookArguments.Report report)
            throws PhaseFailed, InterruptedException {
        try {
            HookRun hookRun = hookRuns.of(run, hook, report);
            HookExecution execution = runner.run(hookRun, () -> begins(run, hook));
            HookOutcome outcome;
            try (Cancellation.Registration ignored =
                    run.cancellation().onCancel(() -> execution.abort(whyCancelled(run)))) {
                outcome = execution.outcome().get();
            }
            if (run.isLeaving() && outcome.ending() == HookOutcome.Ending.ABORTED) {
                throw leaving(hook);
            }
            ended(run, hook, outcome.status().name(), outcome.message(), details(outcome), calls(outcome));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException journal) {
                throw journal;
            }
            String code = e.getCause() instanceof NoHookSlot ? NO_SLOT
                    : e.getCause() instanceof HookNotApproved ? NOT_APPROVED : HookStatus.ERROR.name();
            ended(run, hook, code, e.getCause().getMessage(), null, null);
        } catch (IllegalArgumentException | io.jenkins.plugins.projectdeployer.model.Refused e) {
            ended(run, hook, HookStatus.ERROR.name(), e.getMessage(), null, null);
        }
    }

    /** A hook that only waited for its slot has not begun: the next start runs it. */
    private void begins(UpdateRun run, Hook hook) {
        run.record(new UpdateEvent.RunStarted(kind, hook.name(), HookRuns.text(run.plan(), hook).digest()));
        run.progress("hook " + hook.name() + " begins");
        run.at("in hook " + hook.name());
    }

    private static String whyCancelled(UpdateRun run) {
        String by = run.update().abortAskedBy();
        return by == null ? "the controller stops" : "update " + run.update().number() + " was aborted by " + Ids.printable(by);
    }

    private void ended(
            UpdateRun run, Hook hook, String outcome, String message, String details, Update.Calls calls) {
        run.recordOnce(new UpdateEvent.RunEnded(kind, hook.name(), outcome, message, details, calls));
        // What hooks print and say in full is for the infrastructure's ADMINs; the build log gets the first line.
        run.progress("hook " + hook.name() + " ended: " + outcome + " " + Ids.printable(firstLine(message)));
    }

    private Optional<Message> problem(Hook hook, Update.Run ended) {
        String said = "Hook " + hook.name() + " of the infrastructure: " + sentence(firstLine(ended.message()));
        return switch (ended.outcome()) {
            case "SUCCESS" -> Optional.empty();
            case "WARNING" -> Optional.of(Message.warning("HOOK_WARNING", said));
            case NO_SLOT -> Optional.of(Message.error(NO_SLOT, ended.message()
                    + (phase == HookPhase.POST ? " The bundle is active all the same." : " The deployment changed nothing on the node.")));
            case NOT_APPROVED -> Optional.of(Message.error(NOT_APPROVED, said));
            default -> Optional.of(Message.error("HOOK_ERROR", said
                    + (phase == HookPhase.POST ? " The bundle is active all the same; mend what the hook names, or the hook."
                    : " The deployment changed nothing on the node; mend what the hook names, or the hook, then deploy again.")));
        };
    }

    private Message unknown(Hook hook) {
        return Message.error("HOOK_OUTCOME_UNKNOWN", "Hook " + hook.name() + " was running when the controller stopped; whether"
                + " it did its work is unknown, and it is not run again."
                + (phase == HookPhase.PRE ? " The deployment changed nothing on the node; look what the hook did, then deploy again." : " Look what it did."));
    }

    /** What Python and hooks say has no full stop at its end as a rule. */
    private static String sentence(String text) {
        return text.isEmpty() || ".!?…".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    private static Update.Calls calls(HookOutcome outcome) {
        return new Update.Calls(outcome.calls().stream()
                .map(call -> new Update.Call(call.client(), call.method(), Ids.printable(call.path(), LONGEST_PATH), call.status()))
                .toList(), outcome.callsLeftOut());
    }

    private static String details(HookOutcome outcome) {
        StringBuilder details = new StringBuilder();
        if (!outcome.traceback().isEmpty()) {
            details.append(outcome.traceback()).append('\n');
        }
        details.append(outcome.output());
        if (outcome.outputLeftOut() > 0) {
            details.append("\n(").append(outcome.outputLeftOut()).append(" bytes of output left out)");
        }
        if (!outcome.killed().isEmpty()) {
            details.append("\nleft running and killed: ").append(String.join(", ", outcome.killed()));
        }
        return details.length() <= LONGEST_DETAILS ? details.toString() : details.substring(0, LONGEST_DETAILS) + "…";
    }
}
