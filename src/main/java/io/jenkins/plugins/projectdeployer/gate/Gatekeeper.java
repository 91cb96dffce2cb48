package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.model.Amount;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.FreezeTimes;
import io.jenkins.plugins.projectdeployer.model.GatePass;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.Vote;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Says of an update at its stage's gate whether it may go on, by the configuration, the directory and the clock of this
 * moment. It waits for nothing: whoever asks comes back when something has changed.
 */
public final class Gatekeeper {

    /** How long approvals that are owed may take before somebody is reminded. */
    public static final Duration OWED_FOR = Duration.ofHours(72);

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Records records;
    private final GateRecords gates;
    private final Editors editors;
    private final Promotion promotion;
    private final Clock clock;

    /** @param earlier how what is on an earlier stage is now */
    public Gatekeeper(
            Supplier<Configuration> configuration, People people, Records records, Editors editors, PresentHealth earlier, Clock clock) {
        this.configuration = configuration;
        this.people = people;
        this.records = records;
        this.gates = records.gates();
        this.editors = editors;
        this.promotion = new Promotion(records, earlier);
        this.clock = clock;
    }

    /** What stands before the update as the stages are now. */
    public StageGate gate(Update update) {
        return configuration.get().gate(infrastructure(update.request().infrastructure()));
    }

    /** The glass under which the update passes at this moment. */
    public Optional<BrokenGlass> glass(Update update) {
        return gates.glass(update.request().project(), update.request().infrastructure(), clock.instant());
    }

    /**
     * Why the bundle must not come to this stage at all, whoever approves; empty when it may. It is for all who see the
     * update, who need not see any infrastructure of the stage before: it names none of them.
     */
    public Optional<NotPromoted> refusal(Update update) {
        Configuration now = configuration.get();
        Infrastructure infrastructure = infrastructure(update.request().infrastructure());
        return promotion.problem(now.gate(infrastructure), infrastructure.stage(), update.request().project(), update.bundleId(),
                update.bundleSha256(), clock.instant(), infrastructureBefore -> false);
    }

    /**
     * The request that this plan makes, with the approvals that were given in advance for exactly it. Not recorded yet.
     *
     * @param update with the plan that is asked for
     */
    public ApprovalRequest requestFor(Update update) {
        StageGate gate = gate(update);
        Plan plan = update.plan();
        Instant now = clock.instant();
        Infrastructure infrastructure = infrastructure(update.request().infrastructure());
        Editors.Recent recent = noticed(infrastructure, gate);
        Map<String, String> digest = Ingredients.of(update.request(), plan, gate);
        return new ApprovalRequest(update.number(), 1, ApprovalRequest.State.WAITING, update.deploymentId(), update.request().project(),
                plan.infrastructure().id(), plan.infrastructure().stage(), update.bundleId(), update.request().askers(), gate,
                List.copyOf(recent.users()), recent.unknown(), digest, now,
                gate.deadline(now), inAdvance(update, digest, now),
                null, null, null, null);
    }

    private Editors.Recent noticed(Infrastructure infrastructure, StageGate gate) {
        if (gate.excludeEditorsWithin() != null) {
            editors.notice(infrastructure);
        }
        return editors.recent(infrastructure, gate);
    }

    /** Approvals given in advance count only where nothing but the requester is other than it was shown. */
    private List<Vote> inAdvance(Update update, Map<String, String> digest, Instant now) {
        Map<String, String> others = Ingredients.withoutRequester(digest);
        return gates.preApprovals(update.request().project(), update.request().infrastructure()).stream()
                .filter(given -> now.isBefore(given.until()) && given.digest().equals(others) && !servesAnother(given, update))
                .map(given -> new Vote(given.userId(), true, given.reason(), given.at(), true))
                .toList();
    }

    /** A controller that died may have left it there although it has become a vote. */
    private boolean servesAnother(PreApproval given, Update update) {
        return gates.requestsAfter(0).anyMatch(other -> other.update() != update.number() && isAmong(other.votes(), given));
    }

    /** Whether it has become one of these votes; one that the same person gave later has not. */
    private static boolean isAmong(List<Vote> votes, PreApproval given) {
        return votes.stream().anyMatch(vote -> vote.inAdvance() && vote.userId().equals(given.userId()) && vote.at().equals(given.at()));
    }

    /** Takes away the approvals in advance that have become votes of this request. Doing so twice does it once. */
    public void useUp(ApprovalRequest request) {
        for (PreApproval given : gates.preApprovals(request.project(), request.infrastructure())) {
            if (isAmong(request.votes(), given)) {
                end(given, request);
            }
        }
    }

    private void end(PreApproval given, ApprovalRequest request) {
        try {
            gates.endPreApproval(given.id(), "used by update " + request.update(), null);
        } catch (Refused e) {
            // Taken back in this moment, after it became a vote: it is gone either way.
            if (e.reason() != Refused.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Ingredients that the configuration alone decides and that are not what was asked for; costs no look at a node. */
    public List<String> changedInConfiguration(ApprovalRequest request) {
        Configuration now = configuration.get();
        Optional<Infrastructure> infrastructure = now.infrastructure(request.infrastructure());
        return infrastructure.isEmpty() ? List.of(Ingredients.INFRASTRUCTURE)
                : Ingredients.changed(request.digest(), Ingredients.ofConfiguration(infrastructure.get(), now));
    }

    /** Ingredients of the later request that are not what they were in the earlier one. */
    public static List<String> changed(ApprovalRequest earlier, ApprovalRequest later) {
        return Ingredients.changed(earlier.digest(), later.digest());
    }

    /** How things stand with a request. */
    public sealed interface Answer {

        /** It goes on; under {@code glass}, or null. */
        record Free(BrokenGlass glass, Tally tally) implements Answer {}

        /** It waits, for these reasons; {@code until}: when to look again at the latest, or null. */
        record Waits(List<String> reasons, Instant until) implements Answer {}

        /** It is over. */
        record Over(String code, String reason) implements Answer {}
    }

    /** Looks at a request. */
    public Answer answer(ApprovalRequest request) {
        Instant now = clock.instant();
        if (request.rejection().isPresent()) {
            Vote rejection = request.rejection().get();
            return new Answer.Over("GATE_REJECTED", Ids.printable(rejection.userId()) + " has rejected the deployment: "
                    + Ids.printable(rejection.reason(), 1000));
        }
        Optional<BrokenGlass> glass = gates.glass(request.project(), request.infrastructure(), now);
        Tally tally;
        try {
            tally = tally(request);
        } catch (Refused unavailable) {
            return glass.isPresent() ? new Answer.Free(glass.get(), null)
                    : new Answer.Waits(List.of(unavailable.getMessage()), now.plusSeconds(60));
        }
        Optional<FreezeTimes.Window> freeze = freeze(request);
        if (tally.isEnough() && freeze.isEmpty()) {
            return new Answer.Free(null, tally);
        }
        if (glass.isPresent()) {
            return new Answer.Free(glass.get(), tally);
        }
        if (request.deadline() != null && !now.isBefore(request.deadline())) {
            return new Answer.Over("GATE_TIME_LIMIT", "The time limit of stage " + request.stage() + " ("
                    + Span.words(request.gate().timeLimit().duration()) + ") has passed; "
                    + String.join("; ", missing(request, tally, freeze)) + ". Deploy again.");
        }
        return new Answer.Waits(missing(request, tally, freeze), earlier(request.deadline(), freeze.map(FreezeTimes.Window::end).orElse(null)));
    }

    /** The freeze that holds this request at this moment. */
    Optional<FreezeTimes.Window> freeze(ApprovalRequest request) {
        return liveGate(request).frozen(request.infrastructure(), request.project(), clock.instant(), at(request.override()));
    }

    private static Instant at(ApprovalRequest.FreezeOverride override) {
        return override == null ? null : override.at();
    }

    private List<String> missing(ApprovalRequest request, Tally tally, Optional<FreezeTimes.Window> freeze) {
        List<String> reasons = new ArrayList<>();
        if (!tally.isEnough()) {
            reasons.add("it has " + tally.words());
            outOfReach(request).ifPresent(reasons::add);
        }
        tally.passedOver().forEach(one -> reasons.add("one does not count: " + one.why()));
        freeze.ifPresent(window -> reasons.add("freeze " + Ids.printable(window.name()) + " lasts until " + Moment.words(window.end())));
        return reasons;
    }

    /** Why as many as are asked for cannot approve it, whoever does; empty while they can, or nobody knows. */
    public Optional<String> outOfReach(ApprovalRequest request) {
        OptionalInt most = electorate(request).most();
        return most.isEmpty() || most.getAsInt() >= request.needed() ? Optional.empty()
                : Optional.of((most.getAsInt() == 0 ? "none" : "only " + most.getAsInt()) + " of the approvers counts, and "
                        + Amount.of(request.needed(), "approval is", "approvals are") + " asked for: an administrator of Jenkins has to"
                        + " name more at the gate of stage " + request.stage());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null ? other : other == null || one.isBefore(other) ? one : other;
    }

    /** Counts its approvals at this moment. */
    public Tally tally(ApprovalRequest request) {
        return Tally.of(request.needed(), request.votes(), electorate(request), people);
    }

    /** Who counts: besides what the request says, whoever has changed the infrastructure since. */
    Electorate electorate(ApprovalRequest request) {
        List<String> now = configuration.get().infrastructure(request.infrastructure())
                .map(infrastructure -> List.copyOf(editors.recent(infrastructure, request.gate()).users()))
                .orElse(List.of());
        return new Electorate(request, now, people);
    }

    /**
     * Why an update that has passed may not go on after all: what is asked again right before anything happens.
     *
     * @param plan made anew; null where the update needed no approval
     */
    public Optional<String> objection(Update update, Plan plan) {
        GatePass pass = update.gate();
        if (pass != null && pass.glass() != null) {
            return clock.instant().isBefore(pass.glass().until()) ? Optional.empty()
                    : Optional.of("The time for which the glass was broken ended at " + Moment.words(pass.glass().until()) + "; break it again.");
        }
        Optional<NotPromoted> refusal = refusal(update);
        if (refusal.isPresent()) {
            return refusal.map(NotPromoted::why);
        }
        StageGate gate = gate(update);
        Optional<FreezeTimes.Window> freeze = gate.frozen(update.request().infrastructure(), update.request().project(),
                clock.instant(), pass == null ? null : at(pass.override()));
        if (freeze.isPresent()) {
            return Optional.of("Freeze " + Ids.printable(freeze.get().name()) + " has begun and lasts until " + Moment.words(freeze.get().end())
                    + "; deploy again after it.");
        }
        if (pass == null) {
            return gate.approvals() == 0 ? Optional.empty()
                    : Optional.of("Stage " + update.plan().infrastructure().stage() + " asks for approvals since; deploy again.");
        }
        List<String> changed = Ingredients.changed(pass.digest(), Ingredients.of(update.request(), plan, gate));
        if (!changed.isEmpty()) {
            return Optional.of("Since it was approved, this has changed: " + String.join(", ", changed) + "; deploy again.");
        }
        Tally tally = gates.request(update.number()).map(this::tally).orElseThrow();
        return tally.isEnough() ? Optional.empty() : Optional.of("It has " + tally.words() + " by now: "
                + String.join("; ", tally.passedOver().stream().map(Tally.PassedOver::why).toList()) + "; deploy again.");
    }

    /** Who would count if somebody asked at this moment. */
    Electorate electorate(Infrastructure infrastructure) {
        StageGate gate = configuration.get().gate(infrastructure);
        return new Electorate(gate, infrastructure.id(), noticed(infrastructure, gate).users(), people);
    }

    private StageGate liveGate(ApprovalRequest request) {
        Configuration now = configuration.get();
        return now.infrastructure(request.infrastructure()).map(now::gate).orElse(request.gate());
    }

    private Infrastructure infrastructure(String id) {
        return configuration.get().infrastructure(id).orElseThrow(() -> Refused.notFound("infrastructure", id));
    }
}
