package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.gate.PreApprovals;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Plans what nobody has asked for yet, for an approval in advance, while somebody waits for the answer. Records nothing. */
final class PlanAhead implements PreApprovals.Planning {

    private final Authorize authorize;
    private final Duration limit;
    private final MakePlan plans;
    private final Records records;
    private final Clock clock;

    /** @param limit how long all calls to nodes may take together */
    PlanAhead(Authorize authorize, MakePlan plans, Records records, Clock clock, Duration limit) {
        this.limit = limit;
        this.authorize = authorize;
        this.plans = plans;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public Update planned(String userId, String project, String bundleId, String infrastructure) {
        DeployRequest request = DeployRequest.of(UUID.randomUUID().toString(), userId, project, infrastructure).bundle(bundleId).build();
        Bundle bundle = records.bundle(project, bundleId).orElseThrow(() -> Refused.notFound("bundle of project " + project, bundleId));
        Instant now = clock.instant();
        Update update = Update.submitted(0, request, now)
                .after(new UpdateEvent.TargetKnown(authorize.deploymentId(request)), now)
                .after(new UpdateEvent.BundleKnown(bundle.bundleId(), bundle.sha256()), now);
        return update.after(new UpdateEvent.Planned(plans.anew(update, Cancellation.after(limit))), now);
    }
}
