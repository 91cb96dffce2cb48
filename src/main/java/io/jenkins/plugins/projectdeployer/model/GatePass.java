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

    /** One line for each person, for the log and the report. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Vote vote : votes) {
            lines.add("approved by " + Ids.printable(vote.userId()) + " at " + vote.at() + (vote.inAdvance() ? ", in advance" : "")
                    + because(vote.reason()));
        }
        if (override != null) {
            lines.add("freeze " + Ids.printable(override.freeze()) + " overridden by " + Ids.printable(override.userId()) + " at "
                    + override.at() + because(override.reason()));
        }
        if (glass != null) {
            lines.add("BROKEN GLASS by " + Ids.printable(glass.userId()) + " at " + glass.at() + because(glass.reason()));
        }
        return lines;
    }

    private static String because(String reason) {
        return reason == null ? "" : ": " + Ids.printable(reason, 500);
    }
}
