package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.JournalException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One phase on every node of the infrastructure, at most {@value #AT_ONCE} at once. Every node is tried, whatever becomes
 * of the others; the phase is done when all are, so no node is activated before every node has preloaded.
 */
final class EachNode implements PhaseAction {

    static final int AT_ONCE = 4;

    /** A node may have another bundle active than is said of it. */
    static final String ACTIVE_UNKNOWN = "ACTIVE_UNKNOWN";

    private static final Logger LOGGER = Logger.getLogger(EachNode.class.getName());

    /** What is to be done on one node. */
    @FunctionalInterface
    interface Work {

        /** Does it; what it has to say otherwise it says to the run. */
        void on(TargetProject project, UpdateRun run) throws NodeException, PhaseFailed;
    }

    private final Phase phase;
    private final TargetProjects targets;
    private final Work work;

    EachNode(Phase phase, TargetProjects targets, Work work) {
        this.phase = phase;
        this.targets = targets;
        this.work = work;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws PhaseFailed, NodeException {
        AtomicInteger left = new AtomicInteger(run.plan().nodes().size());
        List<Message> problems = InParallel.map(run.plan().nodes(), AT_ONCE, node -> onOne(node, run, left)).stream()
                .flatMap(List::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new PhaseFailed(problems);
        }
        return Update.Outcome.DONE;
    }

    /** @param left nodes that are not done; what is done on the last one is written with the phase's end */
    private List<Message> onOne(Plan.PlannedNode node, UpdateRun run, AtomicInteger left) {
        try {
            TargetProject project = targets.on(node, run);
            work.on(project, run);
            UpdateEvent reached = new UpdateEvent.NodeReached(new Update.NodeResult(node.name(), activeAfter(run, node), phase, null));
            // What is active is on record before anything else says so.
            if (left.decrementAndGet() == 0 && !changesActive()) {
                run.conclude(reached);
            } else {
                run.record(reached);
            }
            return List.of();
        } catch (NodeException e) {
            List<Message> problems = failed(run, node, List.of(Message.error(e.kind().name(), e.getMessage())));
            if (e.outcomeUnknown() && changesActive() && !Objects.equals(activeAfter(run, node), activeBefore(run, node))) {
                run.say(Message.warning(ACTIVE_UNKNOWN, "The node may go on activating: " + e.getMessage()).onNode(node.name()));
            }
            return problems;
        } catch (PhaseFailed e) {
            return failed(run, node, e.messages());
        } catch (Refused e) {
            return failed(run, node, List.of(Message.error(e.reason().name(), e.getMessage())));
        } catch (JournalException e) {
            throw e;
        } catch (RuntimeException e) {
            // A defect of ours; the other nodes are tried all the same.
            LOGGER.log(Level.WARNING, "Update " + run.update().number() + ", phase " + phase + ", node " + node.name(), e);
            return failed(run, node, List.of(Message.error("INTERNAL", "The phase " + phase.label() + " failed unexpectedly ("
                    + e.getClass().getSimpleName() + "); the controller's log has the details under update " + run.update().number() + ".")));
        }
    }

    private List<Message> failed(UpdateRun run, Plan.PlannedNode node, List<Message> problems) {
        Update.NodeResult before = reached(run, node);
        run.record(new UpdateEvent.NodeReached(new Update.NodeResult(node.name(), activeNow(run, node),
                before == null ? null : before.reached(), phase.label() + ": " + problems.get(0).text())));
        return problems.stream().map(problem -> problem.onNode(node.name())).toList();
    }

    private String activeAfter(UpdateRun run, Plan.PlannedNode node) {
        return switch (phase) {
            case ACTIVATE -> run.update().bundleId();
            // Where there was nothing before, the new bundle stays.
            case ROLL_BACK -> node.activeBundle() == null ? activeBefore(run, node) : node.activeBundle();
            default -> activeBefore(run, node);
        };
    }

    /** A call that activates may have worked although it failed here, so the node is asked, once and shortly. */
    private String activeNow(UpdateRun run, Plan.PlannedNode node) {
        if (changesActive()) {
            try {
                return targets.shortly(node, run).find().map(ProjectOnNode::activeBundle).orElse(null);
            } catch (NodeException | Refused e) {
                run.say(Message.warning(ACTIVE_UNKNOWN, "Which bundle is active is not known for certain: " + e.getMessage())
                        .onNode(node.name()));
            }
        }
        return activeBefore(run, node);
    }

    private boolean changesActive() {
        return phase == Phase.ACTIVATE || phase == Phase.ROLL_BACK;
    }

    private static String activeBefore(UpdateRun run, Plan.PlannedNode node) {
        Update.NodeResult before = reached(run, node);
        return before == null ? node.activeBundle() : before.activeBundle();
    }

    private static Update.NodeResult reached(UpdateRun run, Plan.PlannedNode node) {
        return run.update().nodes().stream().filter(result -> result.node().equals(node.name())).findFirst().orElse(null);
    }
}
