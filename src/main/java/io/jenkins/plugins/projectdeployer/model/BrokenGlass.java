package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;

/**
 * An emergency: for a while updates of one project on one infrastructure pass their gate at once. Each of them owes its
 * approvals afterwards.
 *
 * @param id random
 * @param userId who broke it
 * @param reason why
 * @param at when
 * @param until when the gate is shut again
 * @param project published project's key
 * @param infrastructure id
 */
public record BrokenGlass(
        String id, String userId, String reason, Instant at, Instant until, String project, String infrastructure) {

    /** For how long the gate is open. */
    @JsonIgnore
    public Duration length() {
        return Duration.between(at, until);
    }

    /** Whether updates of this project on this infrastructure pass at this moment. */
    public boolean serves(String otherProject, String otherInfrastructure, Instant now) {
        return project.equals(otherProject) && infrastructure.equalsIgnoreCase(otherInfrastructure)
                && !now.isBefore(at) && now.isBefore(until);
    }
}
