package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;

/**
 * A change of an infrastructure's settings or hooks.
 *
 * @param infrastructure id
 * @param revision SHA-256 of what it was changed to
 * @param userId who changed it; null: nobody knows, for instance because it was changed by code
 * @param at when it was saved, or noticed
 */
public record InfrastructureEdit(String infrastructure, String revision, String userId, Instant at) {}
