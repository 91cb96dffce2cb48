package io.jenkins.plugins.projectdeployer.store;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.GatePass;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.time.Instant;
import java.util.List;

/** What stays of an update when retention has replaced its details: who, what, where, when, and what is where. */
record UpdateSummary(
        String key,
        List<String> requestedBy,
        DeployRequest.Origin origin,
        String project,
        String infrastructure,
        String stage,
        Long rollBackOf,
        String deploymentId,
        Instant submittedAt,
        String bundleId,
        String bundleSha256,
        List<Update.NodeResult> nodes,
        GatePass gate,
        String abortAskedBy) {

    static UpdateSummary of(Update update) {
        DeployRequest request = update.request();
        return new UpdateSummary(request.key(), request.requestedBy(), request.origin(), request.project(),
                request.infrastructure(), update.plan() == null ? null : update.plan().infrastructure().stage(),
                request.rollBackOf(), update.deploymentId(), update.submittedAt(), update.bundleId(),
                update.bundleSha256(), update.nodes(), update.gate(), update.abortAskedBy());
    }

    /** The update as far as it is still known, not ended. */
    Update update(long number) {
        DeployRequest request = new DeployRequest.Builder(key, requestedBy, project, infrastructure)
                .origin(origin).bundle(bundleId).deploymentId(deploymentId).rollBackOf(rollBackOf).build();
        Update update = Update.submitted(number, request, submittedAt);
        return new Update(number, request, deploymentId, submittedAt, update.status(), null, bundleId, bundleSha256, null,
                null, null, null, null, nodes, gate, abortAskedBy, null);
    }
}
