package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;
import java.util.List;

/**
 * One run that brings a deployment to its settings.
 *
 * @param number counts up over all updates of the controller
 * @param request what was asked for
 * @param deploymentId known from the authorization on; null before
 * @param submittedAt when it was taken
 * @param status where it stands
 * @param phase the phase that was begun last; null before the first
 * @param plan frozen; null before the plan
 * @param wayBack null before something is changed
 * @param phases those that have begun, in order
 * @param messages in order
 * @param nodes what is where, node by node
 * @param bundleBefore active before; null when none was
 * @param endedAt null while it goes on
 */
public record Update(
        long number,
        DeployRequest request,
        String deploymentId,
        Instant submittedAt,
        UpdateStatus status,
        Phase phase,
        Plan plan,
        WayBack wayBack,
        List<PhaseRun> phases,
        List<Message> messages,
        List<NodeResult> nodes,
        String bundleBefore,
        Instant endedAt) {

    public Update {
        phases = Text.list(phases);
        messages = Text.list(messages);
        nodes = Text.list(nodes);
    }

    /**
     * One phase as it went.
     *
     * @param phase which
     * @param startedAt when
     * @param endedAt null while it goes on, or when the controller died in it
     * @param outcome null likewise
     */
    public record PhaseRun(Phase phase, Instant startedAt, Instant endedAt, Outcome outcome) {}

    /** How a phase ended. */
    public enum Outcome {
        DONE,
        SKIPPED,
        FAILED,
        ABORTED
    }

    /**
     * What is on one node now.
     *
     * @param node its name
     * @param activeBundle null when none is active
     * @param reached the last phase that was done there; null when none was
     * @param problem what stopped it there; null when nothing did
     */
    public record NodeResult(String node, String activeBundle, Phase reached, String problem) {}
}
