package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import java.time.Instant;

/**
 * Something that people outside may want to know of a gate.
 *
 * @param kind what happened
 * @param at when
 * @param request as it is now; null for glass that was broken before anybody asked
 * @param by who did it; null: the controller
 * @param text one sentence for people
 */
public record GateNews(Kind kind, Instant at, ApprovalRequest request, String by, String text) {

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
        GLASS_BROKEN
    }
}
