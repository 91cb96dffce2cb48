package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the target on a node is still what the plan found there, up to the moment when something is sent. What came
 * meanwhile is somebody else's, unless this update is on record as having begun to send to the node.
 */
final class UnchangedTarget {

    private final Records records;

    UnchangedTarget(Records records) {
        this.records = records;
    }

    /**
     * What has changed; empty when nothing has.
     *
     * @param present whether the project is there now
     * @param activeBundle the bundle active there now; null when none is
     */
    Optional<Message> change(TargetProject project, UpdateRun run, boolean present, String activeBundle) throws NodeException {
        Plan.PlannedNode planned = project.planned();
        String bundleId = run.update().bundleId();
        boolean imported = present && project.hasImported(bundleId);
        boolean own = imported && hasBegun(project, run.update());
        boolean madeByThis = own && !planned.projectPresent() && activeBundle == null;
        if (!madeByThis && (present != planned.projectPresent() || !Objects.equals(activeBundle, planned.activeBundle()))) {
            return Optional.of(changed(project, run, describe(planned.projectPresent(), planned.activeBundle()) + " then, "
                    + describe(present, activeBundle) + " now"));
        }
        if (imported && !own && !hasArrived(project, run.update())) {
            return Optional.of(changed(project, run, "a bundle " + Findings.quoted(bundleId) + " that did not come from here is on the"
                    + " node now"));
        }
        return Optional.empty();
    }

    /** Puts on record that what is on the node under the update's bundle id from now on is this update's own. */
    static void begin(TargetProject project, UpdateRun run, String activeBundle) {
        if (!hasBegun(project, run.update())) {
            run.record(new UpdateEvent.NodeReached(
                    new Update.NodeResult(project.node(), activeBundle, Phase.RECHECK, null)));
        }
    }

    private static boolean hasBegun(TargetProject project, Update update) {
        return update.nodes().stream().anyMatch(result -> result.node().equals(project.node())
                && result.reached() != null && result.reached().compareTo(Phase.RECHECK) >= 0);
    }

    private boolean hasArrived(TargetProject project, Update update) {
        return records.sentTo(update.deploymentId(), update.bundleSha256()).contains(project.knownAs());
    }

    private static Message changed(TargetProject project, UpdateRun run, String how) {
        return Message.error("TARGET_CHANGED", "Project " + Ids.printable(run.plan().deployment().targetProject()) + " was changed by"
                + " somebody else since the plan was made (" + how + "); deploy again.").onNode(project.node());
    }

    private static String describe(boolean present, String activeBundle) {
        return !present ? "absent" : activeBundle == null ? "without active bundle" : "bundle " + activeBundle;
    }
}
