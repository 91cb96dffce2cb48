package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.time.Instant;

/**
 * An update that has ended and had sent its bundle to a node, as far as that stays known for ever.
 *
 * @param update number of the update
 * @param stage its infrastructure's at that time; null: not known
 * @param sha256 of the bundle
 * @param active whether the bundle was active on every node in the end
 * @param status how it ended
 * @param submittedAt when it was taken
 * @param endedAt when it ended
 */
public record Arrival(
        long update, String stage, String sha256, boolean active, UpdateStatus status, Instant submittedAt, Instant endedAt) {}
