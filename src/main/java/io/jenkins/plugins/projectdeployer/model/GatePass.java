package io.jenkins.plugins.projectdeployer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * On whose word an update went through its stage's gate.
 *
 * @param stage the gate's
 * @param needed how many approvers had to agree
 * @param votes those who did
 * @param override who let it through a freeze; null: nobody
 * @param glass under which it went; null: none
 * @param digest SHA-256 of each ingredient that was approved, by name
 */
public record GatePass(
        String stage,
        int needed,
        List<Vote> votes,
        ApprovalRequest.FreezeOverride override,
        BrokenGlass glass,
        Map<String, String> digest) {

    public GatePass {
        votes = Text.list(votes);
        digest = Text.map(digest);
    }

    /** The pass that a request has become. */
    public static GatePass of(ApprovalRequest request) {
        return new GatePass(request.stage(), request.needed(),
                request.votes().stream().filter(Vote::approves).toList(), request.override(), request.glass(), request.digest());
    }

    /** One line for each person, for the report. */
    public List<String> lines() {
        return lines(votes);
    }

    /** The same for the log, which has each approval from when it came; one that was given in advance comes here. */
    public List<String> linesForLog() {
        return lines(votes.stream().filter(Vote::inAdvance).toList());
    }

    private List<String> lines(List<Vote> approvals) {
        List<String> lines = new ArrayList<>(approvals.stream().map(GatePass::line).toList());
        if (override != null) {
            lines.add("freeze " + Ids.printable(override.freeze()) + " overridden by " + Ids.printable(override.userId()) + " at "
                    + Moment.words(override.at()) + because(override.reason()));
        }
        if (glass != null) {
            lines.add("BROKEN GLASS by " + Ids.printable(glass.userId()) + " at " + Moment.words(glass.at()) + because(glass.reason()));
        }
        return lines;
    }

    /** Who decided, when and why. */
    public static String line(Vote vote) {
        return (vote.approves() ? "approved" : "rejected") + " by " + Ids.printable(vote.userId()) + " at " + Moment.words(vote.at())
                + (vote.inAdvance() ? ", in advance" : "") + because(vote.reason());
    }

    private static String because(String reason) {
        return reason == null ? "" : ": " + Ids.printable(reason, 500);
    }
}
