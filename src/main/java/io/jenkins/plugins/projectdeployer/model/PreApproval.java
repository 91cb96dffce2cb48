package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;
import java.util.Map;

/**
 * An approval given before anybody has asked. It counts for an update with default parameters whose plan is equal to the
 * one that was shown, and is used up by it.
 *
 * @param id random
 * @param userId who gave it; it never counts for an update that the same person asks for
 * @param reason may be null
 * @param at when
 * @param until when it no longer counts
 * @param project published project's key
 * @param infrastructure id
 * @param bundle id
 * @param digest of each ingredient but the requester, by name
 */
public record PreApproval(
        String id,
        String userId,
        String reason,
        Instant at,
        Instant until,
        String project,
        String infrastructure,
        String bundle,
        Map<String, String> digest) {

    public PreApproval {
        reason = Text.trimmed(reason);
        digest = Text.map(digest);
    }

    /** Whether it is about this project on this infrastructure. */
    public boolean isAbout(String otherProject, String otherInfrastructure) {
        return project.equals(otherProject) && infrastructure.equalsIgnoreCase(otherInfrastructure);
    }
}
