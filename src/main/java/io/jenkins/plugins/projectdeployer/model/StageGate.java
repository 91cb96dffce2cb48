package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands before a stage: an approval rule, a promotion rule, freezes (design 7). Administrators set it; no
 * Jenkinsfile reaches it.
 *
 * @param approvals how many of the approvers have to agree; 0: nobody is asked
 * @param approvers groups and users that count; nobody else does, Jenkins' administrators neither
 * @param excludeEditorsWithin who changed the infrastructure or its hooks within this time does not count, and a change
 *     by nobody known takes one approver more; null: editors are not looked at
 * @param timeLimit how long an update waits here; null: as long as its build does
 * @param promoteFrom the stage that a bundle must have been deployed on before; null: any bundle may come
 * @param promoteAfter how long it must have been active there; null: no time
 * @param promoteHealth how well it must have been there
 * @param freezes when nothing is deployed
 * @param webhooks who is told of requests and outcomes
 */
public record StageGate(
        int approvals,
        List<Principal> approvers,
        Span excludeEditorsWithin,
        Span timeLimit,
        String promoteFrom,
        Span promoteAfter,
        PromotionHealth promoteHealth,
        List<Freeze> freezes,
        List<GateWebhook> webhooks) {

    /** No gate at all. */
    public static final StageGate OPEN = new StageGate(0, null, null, null, null, null, null, null, null);

    public StageGate {
        approvers = Text.list(approvers);
        promoteFrom = Text.trimmed(promoteFrom);
        promoteHealth = Text.orElse(promoteHealth, PromotionHealth.WARNING);
        freezes = Text.list(freezes);
        webhooks = Text.list(webhooks);
    }

    /** Reads it; where approvers are named and no number is, one of them is enough. */
    @JsonCreator
    public static StageGate of(
            @JsonProperty("approvals") Integer approvals,
            @JsonProperty("approvers") List<Principal> approvers,
            @JsonProperty("excludeEditorsWithin") Span excludeEditorsWithin,
            @JsonProperty("timeLimit") Span timeLimit,
            @JsonProperty("promoteFrom") String promoteFrom,
            @JsonProperty("promoteAfter") Span promoteAfter,
            @JsonProperty("promoteHealth") PromotionHealth promoteHealth,
            @JsonProperty("freezes") List<Freeze> freezes,
            @JsonProperty("webhooks") List<GateWebhook> webhooks) {
        int needed = approvals != null ? approvals : approvers == null || approvers.isEmpty() ? 0 : 1;
        return new StageGate(needed, approvers, excludeEditorsWithin, timeLimit, promoteFrom, promoteAfter, promoteHealth,
                freezes, webhooks);
    }

    /** The same rule, asked of others. */
    public StageGate askedOf(List<Principal> others) {
        return new StageGate(approvals, others, excludeEditorsWithin, timeLimit, promoteFrom, promoteAfter, promoteHealth, freezes, webhooks);
    }

    /** Whether every update passes at once, always. */
    @JsonIgnore
    public boolean isOpen() {
        return approvals == 0 && promoteFrom == null && freezes.isEmpty();
    }

    /** When an update that came to it then is given up; null: never. */
    public Instant deadline(Instant since) {
        return timeLimit == null ? null : since.plus(timeLimit.duration());
    }

    /** The freeze that holds for this deployment at this moment; the one that ends last where there are several. */
    public Optional<FreezeTimes.Window> frozen(String infrastructure, String project, Instant now) {
        return frozen(infrastructure, project, now, null);
    }

    /**
     * The same where somebody has let an update through.
     *
     * @param overriddenAt when; what lasted then holds the update no more, and what began later does; null: nobody has
     */
    public Optional<FreezeTimes.Window> frozen(String infrastructure, String project, Instant now, Instant overriddenAt) {
        return freezes.stream()
                .filter(freeze -> freeze.concerns(infrastructure, project))
                .map(FreezeTimes::of)
                .filter(times -> overriddenAt == null || !times.at(now).equals(times.at(overriddenAt)))
                .flatMap(times -> times.at(now).stream())
                .max(java.util.Comparator.comparing(FreezeTimes.Window::end));
    }
}
