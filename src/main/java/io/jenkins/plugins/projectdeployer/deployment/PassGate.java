package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.gate.Gatekeeper;
import io.jenkins.plugins.projectdeployer.gate.Gatekeeper.Answer;
import io.jenkins.plugins.projectdeployer.gate.GateNews;
import io.jenkins.plugins.projectdeployer.gate.Gates;
import io.jenkins.plugins.projectdeployer.gate.NotPromoted;
import io.jenkins.plugins.projectdeployer.model.Amount;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.GatePass;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands before the stage: promotion rule, freezes, approvals of exactly this plan. An update that waits is
 * parked without a thread; each decision, each time that it waits for, a start of the controller and an abort wake it.
 * When the wait ends, the plan is made anew: is it another one, the approvals are void and the new one is asked for.
 */
final class PassGate implements PhaseAction {

    /** How long a node of the earlier stage may be silent, as one may that works for an update. */
    static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Authorize authorize;
    private final MakePlan plans;
    private final Gates gates;
    private final Gatekeeper gatekeeper;
    private final GateRecords records;
    private final Clock clock;

    PassGate(Authorize authorize, MakePlan plans, Gates gates, GateRecords records, Clock clock) {
        this.authorize = authorize;
        this.plans = plans;
        this.gates = gates;
        this.gatekeeper = gates.gatekeeper();
        this.records = records;
        this.clock = clock;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws PhaseFailed, Parked {
        Update update = run.update();
        gates.alarms().cancel(update.number());
        Optional<ApprovalRequest> open = records.request(update.number());
        // The plan is as old as the wait; where nobody has waited, it was made a moment ago.
        boolean fresh = open.isEmpty();
        if (fresh && update.gate() != null) {
            // It passed before the controller stopped, and what it owed was closed meanwhile.
            tellOfGlass(run, "");
            return Update.Outcome.DONE;
        }
        if (fresh) {
            StageGate gate = gatekeeper.gate(update);
            Optional<BrokenGlass> glass = gatekeeper.glass(update);
            if (gate.isOpen()) {
                return Update.Outcome.SKIPPED;
            }
            if (glass.isEmpty()) {
                promoted(run);
                ApprovalRequest needed = gatekeeper.requestFor(update);
                if (needed.needed() == 0 && gatekeeper.answer(needed) instanceof Answer.Free) {
                    return Update.Outcome.DONE;
                }
            }
            open = Optional.of(ask(run));
        }
        ApprovalRequest request = open.get();
        if (request.state() == ApprovalRequest.State.WAITING) {
            // Also here: a controller that died after it had asked may not have come to it.
            gatekeeper.useUp(request);
        }
        while (request.state() == ApprovalRequest.State.WAITING) {
            if (!fresh && request.rejection().isEmpty() && !gatekeeper.changedInConfiguration(request).isEmpty()) {
                request = askAnew(run, request);
                fresh = true;
            }
            Answer answer = gatekeeper.answer(request);
            if (answer instanceof Answer.Over over) {
                throw over(request, over);
            }
            if (answer instanceof Answer.Waits waits) {
                throw parked(run, request, waits);
            }
            if (!fresh) {
                authorize.rights(update.request());
                request = askAnew(run, request);
                fresh = true;
            } else {
                request = pass(run, request, under(update, ((Answer.Free) answer).glass()));
                // Somebody may have rejected it meanwhile.
                fresh = false;
            }
        }
        return passed(run, request);
    }

    /** The glass that it goes under, also where only the promotion rule stands in the way; null: it needs none. */
    private BrokenGlass under(Update update, BrokenGlass needed) {
        return needed != null || gatekeeper.refusal(update).isEmpty() ? needed : gatekeeper.glass(update).orElse(null);
    }

    private void promoted(UpdateRun run) throws PhaseFailed, Parked {
        Optional<NotPromoted> refusal = refusal(run);
        if (refusal.isPresent()) {
            throw new PhaseFailed("NOT_PROMOTED", refusal.get().why());
        }
    }

    /** Waits for a node of the earlier stage that does not answer, before that is a reason to refuse anything. */
    private Optional<NotPromoted> refusal(UpdateRun run) throws Parked {
        Optional<NotPromoted> refusal = gatekeeper.refusal(run.update());
        Instant now = clock.instant();
        if (refusal.filter(NotPromoted::silent).isPresent() && now.isBefore(run.silentSince(now).plus(SILENCE))) {
            run.waits("gate: waits: a node of stage " + gatekeeper.gate(run.update()).promoteFrom() + " does not answer; it is asked again for "
                    + Span.words(SILENCE));
            gates.alarms().at(run.update().number(), now.plus(PAUSE), run.wake());
            throw new Parked(run.update().status());
        }
        run.silentSince(null);
        return refusal;
    }

    private ApprovalRequest ask(UpdateRun run) {
        ApprovalRequest asked = gatekeeper.requestFor(run.update());
        records.change(run.update().number(), "requested", null, before -> before == null ? asked : before);
        describe(run, asked);
        return asked;
    }

    /** Makes the plan anew; where it is another one, approvals of the earlier one are void. */
    private ApprovalRequest askAnew(UpdateRun run, ApprovalRequest request) throws PhaseFailed, Parked {
        if (gatekeeper.glass(run.update()).isEmpty()) {
            promoted(run);
        }
        Plan plan = plans.anew(run.update(), run.cancellation());
        if (plan.hasErrors()) {
            throw new PhaseFailed(plan.messages().stream()
                    .filter(message -> message.severity() == Message.Severity.ERROR)
                    .toList());
        }
        ApprovalRequest asked = gatekeeper.requestFor(run.update().after(new UpdateEvent.Planned(plan), clock.instant()));
        List<String> changed = Gatekeeper.changed(request, asked);
        if (changed.isEmpty()) {
            return records.request(run.update().number()).orElse(request);
        }
        run.record(new UpdateEvent.Planned(plan));
        ApprovalRequest again = records.change(run.update().number(), "changed", null, before -> before.replacedBy(asked, changed));
        gatekeeper.useUp(asked);
        String text = "Update " + run.update().number() + " is no longer what was shown: " + String.join(", ", changed)
                + " changed. Approvals given are void, and the plan was made anew";
        run.progress("gate: " + text);
        plans.show(run);
        describe(run, again);
        tell(GateNews.Kind.CHANGED, again, null, text);
        return again;
    }

    private void describe(UpdateRun run, ApprovalRequest request) {
        if (request.needed() == 0) {
            return;
        }
        run.progress("gate: stage " + request.stage() + " asks for " + request.needed() + " of: "
                + String.join(", ", request.gate().approvers().stream().map(approver -> Ids.printable(approver.toString())).toList())
                + "; not " + String.join(", ", request.requestedBy().stream().map(Ids::printable).toList()) + ", who asked"
                + (request.editors().isEmpty() ? "" : "; not " + String.join(", ", request.editors().stream().map(Ids::printable).toList())
                        + ", who changed the infrastructure or its hooks shortly before")
                + (request.unknownEditor() ? "; one more than usual, since nobody knows who changed the infrastructure shortly before" : ""));
        String link = gates.link(request.update());
        if (link != null) {
            run.progress("gate: they decide at " + link);
        }
    }

    private Parked parked(UpdateRun run, ApprovalRequest request, Answer.Waits waits) {
        String text = "waits: " + String.join("; ", waits.reasons())
                + (request.deadline() == null ? "" : "; until " + Moment.words(request.deadline()) + " at the latest");
        run.silentSince(null);
        if (run.update().status() != UpdateStatus.WAITING) {
            tell(GateNews.Kind.REQUESTED, request, null, "Update " + request.update() + " " + text);
        }
        run.waits("gate: " + text);
        if (waits.until() != null) {
            gates.alarms().at(request.update(), waits.until(), run.wake());
        }
        return new Parked(UpdateStatus.WAITING);
    }

    private PhaseFailed over(ApprovalRequest request, Answer.Over over) {
        if (request.rejection().isEmpty()) {
            tell(GateNews.Kind.EXPIRED, request, null, "Update " + request.update() + ": " + over.reason());
        }
        return new PhaseFailed(over.code(), over.reason());
    }

    /** Lets it pass, unless something was decided since it was looked at. */
    private ApprovalRequest pass(UpdateRun run, ApprovalRequest seen, BrokenGlass glass) {
        return records.change(run.update().number(), glass == null ? "passed" : "passed-under-broken-glass",
                glass == null ? null : glass.userId(), now -> {
                    if (!now.equals(seen)) {
                        return now;
                    }
                    return glass == null ? now.passed() : now.passedUnder(glass, clock.instant().plus(Gatekeeper.OWED_FOR));
                });
    }

    /** The update's own record says on whose word it goes on; a controller that dies in between says it at its next start. */
    private Update.Outcome passed(UpdateRun run, ApprovalRequest request) {
        if (run.update().gate() == null) {
            run.at("passed GATE");
            GatePass pass = GatePass.of(request);
            run.record(new UpdateEvent.GatePassed(pass));
            pass.linesForLog().forEach(line -> run.progress("gate: " + line));
            run.progress("gate: the update goes on");
            tell(GateNews.Kind.PASSED, request, null, "Update " + request.update() + " goes on");
        }
        tellOfGlass(run, gates.followUps().watch(request) ? owing(request) : "");
        return Update.Outcome.DONE;
    }

    private String owing(ApprovalRequest request) {
        return "; " + Amount.of(request.needed(), "approval is", "approvals are") + " owed until " + Moment.words(request.followUpBy())
                + gatekeeper.outOfReach(request).map(why -> "; " + why).orElse("");
    }

    /** @param owing which approvals are owed, as it follows a sentence; empty: none are */
    private static void tellOfGlass(UpdateRun run, String owing) {
        GatePass pass = run.update().gate();
        if (pass.glass() != null && run.update().messages().stream().noneMatch(message -> message.code().equals("BROKEN_GLASS"))) {
            run.say(Message.warning("BROKEN_GLASS", "The gate of stage " + pass.stage() + " was opened by "
                    + Ids.printable(pass.glass().userId()) + " (" + Ids.printable(pass.glass().reason(), 500) + ")" + owing + "."));
        }
    }

    private void tell(GateNews.Kind kind, ApprovalRequest request, String by, String text) {
        gates.notifications().tell(GateNews.of(kind, clock.instant(), request, by, text));
    }

    /** What is asked again right before anything happens, for an update that has passed as for one that needed nothing. */
    void recheck(UpdateRun run) throws PhaseFailed, Parked {
        Update update = run.update();
        if (update.gate() == null || update.gate().glass() == null) {
            refusal(run);
        }
        boolean approved = update.gate() != null && update.gate().glass() == null;
        Optional<String> objection = gatekeeper.objection(update, approved ? plans.anew(update, run.cancellation()) : null);
        if (objection.isPresent()) {
            throw new PhaseFailed("GATE_CHANGED", objection.get());
        }
    }
}
