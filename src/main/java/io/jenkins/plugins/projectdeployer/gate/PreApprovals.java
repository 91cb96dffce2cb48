package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Lengths;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Approvals before anybody has asked: for one bundle on one infrastructure with default parameters. The approver sees a
 * plan that is made at that moment; the approval counts for an update whose plan is equal to it in all but who asks.
 */
public final class PreApprovals {

    /** How long one counts. */
    static final Duration LASTS = Duration.ofDays(7);

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Sight sight;
    private final Records records;
    private final GateRecords gates;
    private final Gatekeeper gatekeeper;
    private final Planning planning;
    private final Clock clock;

    PreApprovals(
            Supplier<Configuration> configuration,
            People people,
            Sight sight,
            Records records,
            Gatekeeper gatekeeper,
            Planning planning,
            Clock clock) {
        this.configuration = configuration;
        this.people = people;
        this.sight = sight;
        this.records = records;
        this.gates = records.gates();
        this.gatekeeper = gatekeeper;
        this.planning = planning;
        this.clock = clock;
    }

    /** Makes plans of updates that nobody has asked for. */
    @FunctionalInterface
    public interface Planning {

        /** An update that is not recorded anywhere, planned as if this user had asked for it with default parameters. */
        Update planned(String userId, String project, String bundle, String infrastructure);
    }

    /**
     * What would be approved.
     *
     * @param plan made just now, without the texts of hooks
     * @param hooks that would run, in their order
     * @param differences to what the deployment's last update left
     * @param wayBack what a failed update would go back to
     * @param digest to be given with the approval, so that it binds what was seen
     */
    public record Preview(
            Plan plan, List<RequestView.HookSeen> hooks, List<PlanDifference> differences, String wayBack, String digest) {}

    /** Shows the plan that an approval in advance would bind. */
    public Preview preview(String userId, String project, String bundle, String infrastructureId) {
        Update planned = planned(people.person(userId), project, bundle, infrastructureId);
        return new Preview(RequestView.withoutHookTexts(planned.plan()), RequestView.hooks(planned.plan()),
                PlanDifference.of(planned, records), RequestView.wayBack(planned.plan()), Ingredients.whole(others(planned)));
    }

    /** Those that have not been used and still count, where this person may see what they are about; the newest first. */
    public List<PreApproval> visibleTo(Person person) {
        Instant now = clock.instant();
        return gates.preApprovals().stream()
                .filter(given -> now.isBefore(given.until()) && sight.sees(person, given.project(), given.infrastructure()))
                .sorted(Comparator.comparing(PreApproval::at).reversed())
                .toList();
    }

    /** Whether it is this person's own, to be taken back. */
    public boolean isOwn(Person person, PreApproval given) {
        return people.userKey(given.userId()).equals(people.userKey(person.id()));
    }

    /**
     * Approves in advance. Doing so twice counts once.
     *
     * @param digest of the preview that was seen
     * @throws Refused {@code CONFLICT} when the plan is another one by now
     */
    public PreApproval preApprove(
            String userId, String project, String bundle, String infrastructureId, String reason, String digest) {
        Person person = people.person(userId);
        Lengths.checked("reason", reason, Lengths.REASON);
        Update planned = planned(person, project, bundle, infrastructureId);
        Map<String, String> others = others(planned);
        if (!Ingredients.whole(others).equals(digest)) {
            throw Refused.conflict("The plan is not the one that you saw any more; look at it again.");
        }
        Instant now = clock.instant();
        Optional<PreApproval> before = gates.preApprovals(project, infrastructureId).stream()
                .filter(given -> isOwn(person, given) && given.digest().equals(others) && now.isBefore(given.until()))
                .findFirst();
        if (before.isPresent()) {
            return before.get();
        }
        PreApproval given = new PreApproval(UUID.randomUUID().toString(), person.id(), reason, now, now.plus(LASTS), project,
                planned.plan().infrastructure().id(), bundle, others);
        gates.add(given);
        return given;
    }

    /** Takes one's own approval back; somebody else's is not there to be taken back. */
    public void takeBack(String userId, String id) {
        Person person = people.person(userId);
        if (gates.preApprovals().stream().noneMatch(given -> given.id().equals(id) && isOwn(person, given))) {
            throw Refused.notFound("approval in advance", id);
        }
        gates.endPreApproval(id, "taken back", person.id());
    }

    private Map<String, String> others(Update planned) {
        return Ingredients.withoutRequester(Ingredients.of(planned.request(), planned.plan(), gatekeeper.gate(planned)));
    }

    private Update planned(Person person, String project, String bundle, String infrastructureId) {
        if (!sight.sees(person, project, infrastructureId)) {
            throw Refused.notFound("deployment target", project + " on " + infrastructureId);
        }
        Infrastructure infrastructure = configuration.get().infrastructure(infrastructureId).orElseThrow();
        if (infrastructure.policies().deployAsUser() == null) {
            throw Refused.conflict("Infrastructure " + infrastructure.id() + " deploys as whoever asks, and nobody has asked yet; an"
                    + " approval in advance takes a deployAsUser.");
        }
        if (configuration.get().gate(infrastructure).approvals() == 0) {
            throw Refused.conflict("Stage " + infrastructure.stage() + " asks for no approvals.");
        }
        gatekeeper.electorate(infrastructure).objection(person).ifPresent(objection -> {
            throw new Refused(Refused.Reason.FORBIDDEN, "You cannot approve this: " + Ids.printable(person.id()) + " " + objection + ".");
        });
        Update planned = planning.planned(person.id(), project, bundle, infrastructure.id());
        if (planned.plan().hasErrors()) {
            throw Refused.conflict("The plan has errors, so there is nothing to approve: " + String.join(" ", planned.plan().messages().stream()
                    .filter(message -> message.severity() == io.jenkins.plugins.projectdeployer.model.Message.Severity.ERROR)
                    .map(message -> message.text()).toList()));
        }
        return planned;
    }
}
