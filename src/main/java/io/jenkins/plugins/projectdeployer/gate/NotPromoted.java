package io.jenkins.plugins.projectdeployer.gate;

/**
 * Why a bundle may not come to a stage yet.
 *
 * @param why for people, with where it stands
 * @param silent whether only a node of the earlier stage is in the way, which does not answer at this moment
 */
public record NotPromoted(String why, boolean silent) {}
