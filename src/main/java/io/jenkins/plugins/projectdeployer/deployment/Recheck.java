package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * After every wait, right before anything happens: rights, gate, bundle and target are still as they were when the plan
 * was made. Then what would be needed to go back is recorded, and a new deployment takes its target.
 */
final class Recheck implements PhaseAction {

    private final Authorize authorize;
    private final PassGate gate;
    private final Records records;
    private final BundleFiles files;
    private final TargetProjects targets;
    private final WarmHooks hooks;
    private final Lanes lanes;

    Recheck(
            Authorize authorize,
            PassGate gate,
            Records records,
            BundleFiles files,
            TargetProjects targets,
            WarmHooks hooks,
            Lanes lanes) {
        this.authorize = authorize;
        this.gate = gate;
        this.records = records;
        this.files = files;
        this.targets = targets;
        this.hooks = hooks;
        this.lanes = lanes;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws PhaseFailed, Parked, IOException {
        Update update = run.update();
        if (!lanes.enterInfrastructure(update, run.wake())) {
            run.progress("waits: " + Lanes.WIDTH + " other updates are at work on infrastructure "
                    + update.plan().infrastructure().id());
            throw new Parked();
        }
        authorize.rights(update.request());
        gate.recheck(run);
        // Whoever waited for an approval may have waited longer than an idle worker does.
        hooks.of(update.plan());
        files.verify(update.bundleSha256());
        List<WayBack.NodeState> states = targetsAsPlanned(run);
        Deployment before = records.deployment(update.deploymentId()).orElse(null);
        if (update.wayBack() == null) {
            run.record(new UpdateEvent.WayBackKnown(new WayBack(before, states)));
        }
        claim(update, before);
        return Update.Outcome.DONE;
    }

    /** Reads every node once more; what it finds is the way back. */
    private List<WayBack.NodeState> targetsAsPlanned(UpdateRun run) throws PhaseFailed {
        List<WayBack.NodeState> states;
        try {
            states = InParallel.map(run.plan().nodes(), EachNode.AT_ONCE, node -> {
                TargetProject project = targets.on(node, run);
                project.requireLoginUnderstood();
                return project.state();
            });
        } catch (NodeException e) {
            throw new PhaseFailed(e.kind().name(), e.getMessage());
        }
        List<Message> changed = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            Plan.PlannedNode planned = run.plan().nodes().get(i);
            WayBack.NodeState now = states.get(i);
            if (now.projectPresent() != planned.projectPresent()
                    || !Objects.equals(now.activeBundle(), planned.activeBundle())) {
                changed.add(Message.error("TARGET_CHANGED", "Project " + run.plan().deployment().targetProject() + " was changed"
                        + " by somebody else since the plan was made (" + describe(planned.projectPresent(), planned.activeBundle())
                        + " then, " + describe(now.projectPresent(), now.activeBundle()) + " now); deploy again.")
                        .onNode(planned.name()));
            }
        }
        if (!changed.isEmpty()) {
            throw new PhaseFailed(changed);
        }
        return states;
    }

    private static String describe(boolean present, String activeBundle) {
        return !present ? "absent" : activeBundle == null ? "without active bundle" : "bundle " + activeBundle;
    }

    /** A new deployment takes its target before anything is sent there; it has no bundle until one is active. */
    private void claim(Update update, Deployment before) {
        Deployment planned = update.plan().deployment();
        if (before == null) {
            records.create(planned.with(null, planned.settings()));
        }
    }
}
