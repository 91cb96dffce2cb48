package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.List;

/** What follows from a change of the configuration: its author is remembered, and requests that it concerns are looked at. */
public final class SavedConfiguration {

    private final Records records;
    private final Gatekeeper gatekeeper;
    private final Editors editors;
    private final Waiting waiting;

    SavedConfiguration(Records records, Gatekeeper gatekeeper, Editors editors, Waiting waiting) {
        this.records = records;
        this.gatekeeper = gatekeeper;
        this.editors = editors;
        this.waiting = waiting;
    }

    /**
     * The configuration was saved, and holds by now.
     *
     * @param userId who saved it in person; null: nobody, for instance because it came as code
     */
    public void saved(Configuration configuration, String userId) {
        configuration.infrastructures().forEach(infrastructure -> editors.saved(infrastructure, userId));
        records.gates().requestsAfter(0)
                .filter(request -> request.state() == ApprovalRequest.State.WAITING)
                .filter(request -> !gatekeeper.changedInConfiguration(request).isEmpty())
                .forEach(request -> waiting.wake(request.update()));
        records.gates().requestsAfter(0)
                .filter(request -> request.state() == ApprovalRequest.State.FOLLOW_UP)
                .forEach(request -> askOthers(request, configuration, userId));
    }

    /** Approvals that are owed are owed by whom the gate names now: of those it named then, too few may be left. */
    private void askOthers(ApprovalRequest owed, Configuration configuration, String userId) {
        List<Principal> approvers = configuration.infrastructure(owed.infrastructure())
                .filter(infrastructure -> infrastructure.stage().equals(owed.stage()))
                .map(configuration::gate).map(StageGate::approvers).orElse(List.of());
        if (!approvers.isEmpty() && !approvers.equals(owed.gate().approvers())) {
            records.gates().change(owed.update(), "asked-of-others", userId, request ->
                    request == null || request.state() != ApprovalRequest.State.FOLLOW_UP ? request : request.askedOf(approvers));
        }
    }
}
