package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.store.Records;

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
    }
}
