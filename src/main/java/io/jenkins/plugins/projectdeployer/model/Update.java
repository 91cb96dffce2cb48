package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run that brings a deployment to its settings.
 *
 * @param number counts up over all updates of the controller
 * @param request what was asked for
 * @param deploymentId known from the authorization on; null before
 * @param submittedAt when it was taken
 * @param status where it stands
 * @param phase the phase that was begun last; null before the first
 * @param bundleId what is deployed; null until it is on the controller
 * @param bundleSha256 its digest
 * @param plan frozen; null before the plan
 * @param wayBack null before something is changed
 * @param phases those that have begun, in order
 * @param runs hooks and test scenarios that have begun, in order
 * @param messages in order
 * @param nodes what is where, node by node
 * @param gate on whose word it went through its stage's gate; null: it did not, or the stage has none
 * @param abortAskedBy who wants it to end; null: nobody
 * @param endedAt null while it goes on
 */
public record Update(
        long number,
        DeployRequest request,
        String deploymentId,
        Instant submittedAt,
        UpdateStatus status,
        Phase phase,
        String bundleId,
        String bundleSha256,
        Plan plan,
        WayBack wayBack,
        List<PhaseRun> phases,
        List<Run> runs,
        List<Message> messages,
        List<NodeResult> nodes,
        GatePass gate,
        String abortAskedBy,
        Instant endedAt) {

    public Update {
        phases = Text.list(phases);
        runs = Text.list(runs);
        messages = Text.list(messages);
        nodes = Text.list(nodes);
    }

    /** An update that has just been taken. */
    public static Update submitted(long number, DeployRequest request, Instant at) {
        return new Update(number, request, null, at, UpdateStatus.QUEUED, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }

    /** This update after one more event. */
    public Update after(UpdateEvent event, Instant at) {
        Draft draft = new Draft(this);
        if (event instanceof UpdateEvent.StatusChanged changed) {
            draft.status = changed.status();
        } else if (event instanceof UpdateEvent.PhaseStarted started) {
            draft.phase = started.phase();
            draft.phases.add(new PhaseRun(started.phase(), at, null, null));
        } else if (event instanceof UpdateEvent.PhaseEnded ended) {
            draft.end(ended, at);
        } else if (event instanceof UpdateEvent.TargetKnown target) {
            draft.deploymentId = target.deploymentId();
        } else if (event instanceof UpdateEvent.BundleKnown bundle) {
            draft.bundleId = bundle.bundleId();
            draft.bundleSha256 = bundle.sha256();
        } else if (event instanceof UpdateEvent.Planned planned) {
            draft.plan = planned.plan();
        } else if (event instanceof UpdateEvent.WayBackKnown known) {
            draft.wayBack = known.wayBack();
        } else if (event instanceof UpdateEvent.Said said) {
            draft.messages.add(said.message());
        } else if (event instanceof UpdateEvent.RunStarted started) {
            draft.runs.add(Run.started(started, at));
        } else if (event instanceof UpdateEvent.RunReferred referred) {
            draft.runs.replaceAll(run -> run.isOpen(referred.kind(), referred.name()) ? run.referred(referred.reference()) : run);
        } else if (event instanceof UpdateEvent.RunEnded ended) {
            draft.end(ended, at);
        } else if (event instanceof UpdateEvent.NodeReached reached) {
            draft.put(reached.node());
        } else if (event instanceof UpdateEvent.GatePassed passed) {
            draft.gate = passed.pass();
        } else if (event instanceof UpdateEvent.AbortAsked asked) {
            draft.abortAskedBy = asked.by();
        } else if (event instanceof UpdateEvent.Ended ended) {
            draft.status = ended.status();
            draft.endedAt = at;
        }
        return draft.update(this);
    }

    /** The run of this hook or scenario, if it has begun. */
    public Optional<Run> run(RunKind kind, String name) {
        return runs.stream().filter(run -> run.kind() == kind && run.name().equals(name)).findFirst();
    }

    /** Whether this phase has ended with {@link Outcome#DONE} or was skipped. */
    public boolean isDone(Phase which) {
        return phases.stream().anyMatch(run -> run.phase() == which
                && (run.outcome() == Outcome.DONE || run.outcome() == Outcome.SKIPPED));
    }

    /**
     * Whether it has come to a node to change it. That the phase has begun says nothing of that: it begins as the one before
     * ends, and the controller may have died, or somebody may have ended the update, in between.
     */
    public boolean hasComeToNodes() {
        return !nodes.isEmpty() && phases.stream().anyMatch(run -> run.phase() == Phase.SEND);
    }

    /** The bundle that was active on the first node before the update; null when none was. */
    @JsonIgnore
    public String bundleBefore() {
        return plan == null || plan.nodes().isEmpty() ? null : plan.nodes().get(0).activeBundle();
    }

    /** What the plan had to say, and then the update, each once. */
    @JsonIgnore
    public List<Message> allMessages() {
        Stream<Message> planned = plan == null ? Stream.empty() : plan.messages().stream();
        return Stream.concat(planned, messages.stream()).distinct().toList();
    }

    /** Whether every node has the planned bundle active, whatever the status says. */
    @JsonIgnore
    public boolean isDeployed() {
        return !nodes.isEmpty() && nodes.stream().allMatch(node -> bundleId != null && bundleId.equals(node.activeBundle()));
    }

    /**
     * This update for somebody who may see the infrastructure but does not administer it: that hooks ran and how they
     * ended, not what they are, what they printed and what they asked for.
     */
    public Update withoutHooks() {
        Draft draft = new Draft(this);
        draft.plan = plan == null ? null : plan.withoutHooks();
        draft.runs.replaceAll(Run::inBrief);
        return draft.update(this);
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

    /** What runs at most once in an update. */
    public enum RunKind {
        PRE_HOOK,
        POST_HOOK,
        TEST_SCENARIO
    }

    /**
     * A hook or a test scenario as it went.
     *
     * @param kind which of them
     * @param name hook's name or scenario's id
     * @param startedAt when
     * @param endedAt null while it runs, or when the controller died meanwhile: its outcome is unknown then
     * @param outcome {@code SUCCESS}, {@code WARNING}, {@code ERROR}, or a scenario's own; null likewise
     * @param message of the hook
     * @param details output and traceback, for the infrastructure's ADMINs
     * @param reference how a scenario's run is found again on its node; null for hooks
     * @param digest SHA-256 of a hook's text with the header that its approval covers, for the infrastructure's ADMINs; null
     *     for scenarios
     * @param calls what a hook asked of the node and of the deployer, for the infrastructure's ADMINs; null for scenarios
     */
    public record Run(
            RunKind kind,
            String name,
            Instant startedAt,
            Instant endedAt,
            String outcome,
            String message,
            String details,
            String reference,
            String digest,
            Calls calls) {

        private static Run started(UpdateEvent.RunStarted started, Instant at) {
            return new Run(started.kind(), started.name(), at, null, null, null, null, null, started.digest(), null);
        }

        private boolean isOpen(RunKind ofKind, String ofName) {
            return kind == ofKind && name.equals(ofName) && endedAt == null;
        }

        private Run referred(String to) {
            return new Run(kind, name, startedAt, endedAt, outcome, message, details, to, digest, calls);
        }

        private Run ended(UpdateEvent.RunEnded end, Instant at) {
            return new Run(kind, name, startedAt, at, end.outcome(), end.message(), end.details(), reference, digest, end.calls());
        }

        /** Of a hook, what the build log says of it. */
        private Run inBrief() {
            return kind == RunKind.TEST_SCENARIO ? this : new Run(kind, name, startedAt, endedAt, outcome,
                    message == null ? null : message.lines().findFirst().orElse(""), null, null, null, null);
        }
    }

    /**
     * The calls that a hook made through its clients.
     *
     * @param kept the first ones, in order
     * @param leftOut how many more there were
     */
    public record Calls(List<Call> kept, long leftOut) {

        public Calls {
            kept = Text.list(kept);
        }
    }

    /**
     * One call of a hook.
     *
     * @param client {@code automation} or {@code deployer}
     * @param method of HTTP
     * @param path path and query under the API's root, secrets masked; the beginning of a long one
     * @param status of HTTP; 0 when no answer came
     */
    public record Call(String client, String method, String path, int status) {}

    /**
     * What is on one node now.
     *
     * @param node its name
     * @param activeBundle null when none is active
     * @param reached the last phase that was done there; null when none was
     * @param problem what stopped it there; null when nothing did
     */
    public record NodeResult(String node, String activeBundle, Phase reached, String problem) {}

    /** An update being changed; never leaves this class. */
    private static final class Draft {

        private String deploymentId;
        private UpdateStatus status;
        private Phase phase;
        private String bundleId;
        private String bundleSha256;
        private Plan plan;
        private WayBack wayBack;
        private final List<PhaseRun> phases;
        private final List<Run> runs;
        private final List<Message> messages;
        private final List<NodeResult> nodes;
        private GatePass gate;
        private String abortAskedBy;
        private Instant endedAt;

        private Draft(Update update) {
            deploymentId = update.deploymentId;
            status = update.status;
            phase = update.phase;
            bundleId = update.bundleId;
            bundleSha256 = update.bundleSha256;
            plan = update.plan;
            wayBack = update.wayBack;
            phases = new ArrayList<>(update.phases);
            runs = new ArrayList<>(update.runs);
            messages = new ArrayList<>(update.messages);
            nodes = new ArrayList<>(update.nodes);
            gate = update.gate;
            abortAskedBy = update.abortAskedBy;
            endedAt = update.endedAt;
        }

        /** Ends the phase where it was begun last. */
        private void end(UpdateEvent.PhaseEnded ended, Instant at) {
            for (int i = phases.size() - 1; i >= 0; i--) {
                PhaseRun run = phases.get(i);
                if (run.phase() == ended.phase()) {
                    phases.set(i, new PhaseRun(run.phase(), run.startedAt(), at, ended.outcome()));
                    return;
                }
            }
            phases.add(new PhaseRun(ended.phase(), at, at, ended.outcome()));
        }

        /** A node keeps its place in the list, however often it reports. */
        private void put(NodeResult result) {
            for (int i = 0; i < nodes.size(); i++) {
                if (nodes.get(i).node().equals(result.node())) {
                    nodes.set(i, result);
                    return;
                }
            }
            nodes.add(result);
        }

        /** A run that ended without having begun, for want of a slot say, stands there too. */
        private void end(UpdateEvent.RunEnded ended, Instant at) {
            if (runs.stream().noneMatch(run -> run.kind() == ended.kind() && run.name().equals(ended.name()))) {
                runs.add(Run.started(new UpdateEvent.RunStarted(ended.kind(), ended.name(), null), at));
            }
            runs.replaceAll(run -> run.isOpen(ended.kind(), ended.name()) ? run.ended(ended, at) : run);
        }

        private Update update(Update before) {
            return new Update(before.number, before.request, deploymentId, before.submittedAt, status, phase, bundleId,
                    bundleSha256, plan, wayBack, phases, runs, messages, nodes, gate, abortAskedBy, endedAt);
        }
    }
}
