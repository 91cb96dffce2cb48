package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.BundleFiles;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * After every wait, right before anything happens: rights, gate, configuration, bundle and target are still as they were when
 * the plan was made. Then what would be needed to go back is recorded, and a new deployment takes its target.
 */
final class Recheck implements PhaseAction {

    private final Authorize authorize;
    private final PassGate gate;
    private final PlannedConfiguration configuration;
    private final Records records;
    private final BundleFiles files;
    private final TargetProjects targets;
    private final UnchangedTarget target;
    private final WarmHooks hooks;
    private final Lanes lanes;

    Recheck(
            Authorize authorize,
            PassGate gate,
            PlannedConfiguration configuration,
            Records records,
            BundleFiles files,
            TargetProjects targets,
            UnchangedTarget target,
            WarmHooks hooks,
            Lanes lanes) {
        this.authorize = authorize;
        this.gate = gate;
        this.configuration = configuration;
        this.records = records;
        this.files = files;
        this.targets = targets;
        this.target = target;
        this.hooks = hooks;
        this.lanes = lanes;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws PhaseFailed, Parked, IOException {
        Update update = run.update();
        if (!lanes.enterInfrastructure(update, run.wake())) {
            run.waits("waits: " + Lanes.WIDTH + " other updates are at work on infrastructure "
                    + update.plan().infrastructure().id());
            throw new Parked();
        }
        authorize.rights(update.request());
        gate.recheck(run);
        Deployment before = Targets.deployment(update, records).orElse(null);
        configuration.requireUnchanged(update.plan(), before == null);
        if (update.plan().messages().stream().anyMatch(message -> message.code().equals("ADOPTED"))) {
            authorize.adoption(update.request());
        }
        // Whoever waited for an approval may have waited longer than an idle worker does.
        hooks.of(update.plan());
        files.verify(update.bundleSha256());
        List<WayBack.NodeState> states = targetsAsPlanned(run);
        if (update.wayBack() == null) {
            run.record(new UpdateEvent.WayBackKnown(new WayBack(deployed(before, states), states)));
        }
        claim(update, before);
        return Update.Outcome.DONE;
    }

    /**
     * The deployment as it came to the nodes: bundle and settings that were saved since then for the next update did not,
     * and going back from that one does not bring them. A bundle that somebody else has activated on all nodes since is
     * what they are brought back to, and so what the deployment is to want then.
     */
    private Deployment deployed(Deployment now, List<WayBack.NodeState> states) {
        if (now == null) {
            return null;
        }
        Deployment there = records.update(records.past(now.id()).lastAtWork())
                .filter(last -> records.isOf(last, now))
                .flatMap(Recheck::left)
                .orElse(now);
        List<String> active = states.stream().map(WayBack.NodeState::activeBundle).filter(Objects::nonNull).distinct().toList();
        return now.with(active.size() == 1 ? active.get(0) : there.bundleId(), there.settings().beside(now.settings()));
    }

    /** The deployment that an update has left on the nodes: its own where it stayed, else the one before it. */
    private static Optional<Deployment> left(Update last) {
        return last.isDeployed() && last.status() != UpdateStatus.ROLLED_BACK
                ? Optional.ofNullable(last.plan()).map(Plan::deployment)
                : Optional.ofNullable(last.wayBack()).map(WayBack::deployment);
    }

    /** Reads every node once more; what it finds is the way back. */
    private List<WayBack.NodeState> targetsAsPlanned(UpdateRun run) throws PhaseFailed {
        List<Look> looks;
        try {
            looks = InParallel.map(run.plan().nodes(), EachNode.AT_ONCE, node -> look(targets.on(node, run), run));
        } catch (NodeException e) {
            throw new PhaseFailed(e.kind().name(), e.getMessage());
        }
        List<Message> changed = looks.stream().flatMap(look -> look.changes().stream()).toList();
        if (!changed.isEmpty()) {
            throw new PhaseFailed(changed);
        }
        return looks.stream().map(Look::state).toList();
    }

    private Look look(TargetProject project, UpdateRun run) throws NodeException {
        try {
            project.requireSameNode();
        } catch (PhaseFailed another) {
            return new Look(null, another.messages().stream().map(message -> message.onNode(project.node())).toList());
        }
        project.requireLoginUnderstood();
        WayBack.NodeState state = project.state();
        return new Look(state, target.change(project, run, state.projectPresent(), state.activeBundle()).stream().toList());
    }

    /** One node as it is now, and what of it is not as planned. */
    private record Look(WayBack.NodeState state, List<Message> changes) {}

    /**
     * A new deployment takes its target before anything is sent there; it has no bundle until one is active. What is adopted
     * counts as such from here on, however this update ends: the next one finds the project owned.
     */
    private void claim(Update update, Deployment before) {
        Deployment planned = update.plan().deployment();
        if (before == null) {
            records.create(planned.with(null, planned.settings()));
        } else if (planned.adopted() && !before.adopted()) {
            records.change(before.afterAdoption(), update.request().requestingUser());
        }
    }
}
