package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An update that stands at its stage's gate, and what approvers have said of it. It has the update's number. What
 * approvers saw is the plan of {@link #revision}: another plan makes another revision, and voids what was said of the
 * earlier one.
 *
 * @param update number of the update
 * @param revision counts up from 1 with each plan that was shown
 * @param state where it stands
 * @param deploymentId what is deployed
 * @param project published project's key
 * @param infrastructure id
 * @param stage the infrastructure's
 * @param bundle id
 * @param requestedBy Jenkins user ids of whoever asked, or started the build that did; none of them counts
 * @param gate the rule as it was when the plan was made
 * @param editors user ids that do not count, because they changed the infrastructure shortly before
 * @param unknownEditor whether somebody whom nobody knows did, which takes one approver more
 * @param digest SHA-256 of each ingredient of what will act, by name
 * @param requestedAt when the update came to the gate
 * @param deadline when it is given up; null: never
 * @param votes of this revision, in order
 * @param override who lets it through a freeze; null: nobody
 * @param glass under which it goes without approvals; null: under none
 * @param changed ingredients that differ from the revision before; empty in the first
 * @param followUpBy until when approvals are owed that were done without; null: none are
 */
public record ApprovalRequest(
        long update,
        int revision,
        State state,
        String deploymentId,
        String project,
        String infrastructure,
        String stage,
        String bundle,
        List<String> requestedBy,
        StageGate gate,
        List<String> editors,
        boolean unknownEditor,
        Map<String, String> digest,
        Instant requestedAt,
        Instant deadline,
        List<Vote> votes,
        FreezeOverride override,
        BrokenGlass glass,
        List<String> changed,
        Instant followUpBy) {

    public ApprovalRequest {
        requestedBy = Text.list(requestedBy);
        editors = Text.list(editors);
        digest = Text.map(digest);
        votes = Text.list(votes);
        changed = Text.list(changed);
    }

    /** Where a request stands. */
    public enum State {
        /** For approvals, or for the end of a freeze. */
        WAITING,
        /** The update goes on; it has used up its approvals. */
        PASSED,
        /** The update went on under broken glass, and approvals are owed. */
        FOLLOW_UP
    }

    /**
     * Somebody with the right to lets an update through a freeze.
     *
     * @param userId who
     * @param reason why
     * @param at when
     * @param freeze name of the freeze
     */
    public record FreezeOverride(String userId, String reason, Instant at, String freeze) {}

    /** How many approvers have to agree. */
    @JsonIgnore
    public int needed() {
        return gate.approvals() == 0 ? 0 : gate.approvals() + (unknownEditor ? 1 : 0);
    }

    /** Who has rejected it. */
    @JsonIgnore
    public Optional<Vote> rejection() {
        return votes.stream().filter(vote -> !vote.approves()).findFirst();
    }

    /** With one more vote. */
    public ApprovalRequest with(Vote vote) {
        List<Vote> more = new ArrayList<>(votes);
        more.add(vote);
        return with(state, more, override, glass, followUpBy);
    }

    /** With somebody who lets it through a freeze. */
    public ApprovalRequest with(FreezeOverride given) {
        return with(state, votes, given, glass, followUpBy);
    }

    /** Let through. */
    public ApprovalRequest passed() {
        return with(State.PASSED, votes, override, glass, null);
    }

    /** Let through under broken glass; what it lacks is asked for afterwards. */
    public ApprovalRequest passedUnder(BrokenGlass broken, Instant owedUntil) {
        return needed() == 0 ? with(State.PASSED, votes, override, broken, null)
                : with(State.FOLLOW_UP, votes, override, broken, owedUntil);
    }

    /**
     * Another plan is to be looked at; what was said of this one is void. An override of a freeze stays, and so does the time
     * since which it waits, from which the rule's time limit counts.
     */
    public ApprovalRequest replacedBy(ApprovalRequest other, List<String> ingredients) {
        return new ApprovalRequest(update, revision + 1, State.WAITING, other.deploymentId, other.project, other.infrastructure,
                other.stage, other.bundle, other.requestedBy, other.gate, other.editors, other.unknownEditor, other.digest,
                requestedAt, other.gate.deadline(requestedAt), other.votes, override, null, ingredients, null);
    }

    /** What is owed may be approved by others. */
    public ApprovalRequest askedOf(List<Principal> approvers) {
        return new ApprovalRequest(update, revision, state, deploymentId, project, infrastructure, stage, bundle, requestedBy,
                gate.askedOf(approvers), editors, unknownEditor, digest, requestedAt, deadline, votes, override, glass, changed, followUpBy);
    }

    private ApprovalRequest with(State newState, List<Vote> newVotes, FreezeOverride newOverride, BrokenGlass newGlass, Instant owed) {
        return new ApprovalRequest(update, revision, newState, deploymentId, project, infrastructure, stage, bundle, requestedBy,
                gate, editors, unknownEditor, digest, requestedAt, deadline, newVotes, newOverride, newGlass, changed, owed);
    }
}
