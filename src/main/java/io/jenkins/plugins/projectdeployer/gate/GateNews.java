package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import java.time.Instant;

/**
 * Something that people outside may want to know of a gate.
 *
 * @param kind what happened
 * @param at when
 * @param gate whose it is: it names who is told
 * @param request as it is now; null for glass that was broken, which is about no single update
 * @param glass that was broken, or under which the update went; null: none
 * @param by who did it; null: the controller
 * @param text one sentence for people
 */
public record GateNews(Kind kind, Instant at, StageGate gate, ApprovalRequest request, BrokenGlass glass, String by, String text) {

    /** What happened. */
    public enum Kind {
        /** An update waits at the gate. */
        REQUESTED,
        /** What will act has changed: approvals given are void. */
        CHANGED,
        /** Somebody has approved. */
        APPROVED,
        /** Somebody has rejected it. */
        REJECTED,
        /** The update goes on. */
        PASSED,
        /** Its time limit has passed. */
        EXPIRED,
        /** Somebody lets it through a freeze. */
        FREEZE_OVERRIDDEN,
        /** Somebody has broken the glass. */
        GLASS_BROKEN,
        /** Approvals of an update that went under broken glass are still owed, after the time for them. */
        FOLLOW_UP_OVERDUE
    }

    /** News of one update's request. */
    public static GateNews of(Kind kind, Instant at, ApprovalRequest request, String by, String text) {
        return new GateNews(kind, at, request.gate(), request, request.glass(), by, text);
    }

    /** Somebody has broken the glass before this gate. */
    static GateNews of(BrokenGlass glass, StageGate gate, String text) {
        return new GateNews(Kind.GLASS_BROKEN, glass.at(), gate, null, glass, glass.userId(), text);
    }
}
