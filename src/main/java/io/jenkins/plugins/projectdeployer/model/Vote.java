package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;

/**
 * What one approver said of a request.
 *
 * @param userId Jenkins user id, as the security realm writes it
 * @param approves false: rejects
 * @param reason may be null for an approval
 * @param at when it was durable
 * @param inAdvance whether it was given before anybody asked, as a {@link PreApproval}
 */
public record Vote(String userId, boolean approves, String reason, Instant at, boolean inAdvance) {

    public Vote {
        reason = Text.trimmed(reason);
    }
}
