package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What happens to an update. Each is durable before it is acted on; {@link Update#after} says what follows from it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UpdateEvent.StatusChanged.class, name = "status"),
    @JsonSubTypes.Type(value = UpdateEvent.PhaseStarted.class, name = "phase-started"),
    @JsonSubTypes.Type(value = UpdateEvent.PhaseEnded.class, name = "phase-ended"),
    @JsonSubTypes.Type(value = UpdateEvent.TargetKnown.class, name = "target"),
    @JsonSubTypes.Type(value = UpdateEvent.BundleKnown.class, name = "bundle"),
    @JsonSubTypes.Type(value = UpdateEvent.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = UpdateEvent.WayBackKnown.class, name = "way-back"),
    @JsonSubTypes.Type(value = UpdateEvent.Said.class, name = "message"),
    @JsonSubTypes.Type(value = UpdateEvent.RunStarted.class, name = "run-started"),
    @JsonSubTypes.Type(value = UpdateEvent.RunReferred.class, name = "run-referred"),
    @JsonSubTypes.Type(value = UpdateEvent.RunEnded.class, name = "run-ended"),
    @JsonSubTypes.Type(value = UpdateEvent.NodeReached.class, name = "node"),
    @JsonSubTypes.Type(value = UpdateEvent.GatePassed.class, name = "gate-passed"),
    @JsonSubTypes.Type(value = UpdateEvent.AbortAsked.class, name = "abort-asked"),
    @JsonSubTypes.Type(value = UpdateEvent.Ended.class, name = "ended"),
})
public sealed interface UpdateEvent {

    /** What it is called in the journal. */
    static String nameOf(UpdateEvent event) {
        return Names.BY_TYPE.get(event.getClass());
    }

    /** As they stand above. */
    final class Names {
        private static final Map<Class<?>, String> BY_TYPE = Arrays.stream(
                        UpdateEvent.class.getAnnotation(JsonSubTypes.class).value())
                .collect(Collectors.toMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

        private Names() {}
    }

    /** It stands elsewhere now, without having ended. */
    record StatusChanged(UpdateStatus status) implements UpdateEvent {}

    /** A phase is about to begin. */
    record PhaseStarted(Phase phase) implements UpdateEvent {}

    /** A phase is over. */
    record PhaseEnded(Phase phase, Update.Outcome outcome) implements UpdateEvent {}

    /** Which deployment it is about. */
    record TargetKnown(String deploymentId) implements UpdateEvent {}

    /** Which bundle is deployed, once it is on the controller. */
    record BundleKnown(String bundleId, String sha256) implements UpdateEvent {}

    /** What will be done, frozen. */
    record Planned(Plan plan) implements UpdateEvent {}

    /** How to undo it, known before anything is changed. */
    record WayBackKnown(WayBack wayBack) implements UpdateEvent {}

    /** Something to say. */
    record Said(Message message) implements UpdateEvent {}

    /**
     * A hook or a test scenario is about to run; it is never begun a second time.
     *
     * @param digest of a hook's text as it was approved; null for scenarios
     */
    record RunStarted(Update.RunKind kind, String name, String digest) implements UpdateEvent {}

    /** How a test scenario's run is found again on its node, should the controller stop meanwhile. */
    record RunReferred(Update.RunKind kind, String name, String reference) implements UpdateEvent {}

    /** It has ended; null calls: it is a scenario, or a hook that did not run. */
    record RunEnded(
            Update.RunKind kind, String name, String outcome, String message, String details, Update.Calls calls)
            implements UpdateEvent {}

    /** What is on one node now. */
    record NodeReached(Update.NodeResult node) implements UpdateEvent {}

    /** It may go on, on these people's word. */
    record GatePassed(GatePass pass) implements UpdateEvent {}

    /** Somebody wants it to end at the next boundary. */
    record AbortAsked(String by) implements UpdateEvent {}

    /** Nothing will happen any more. */
    record Ended(UpdateStatus status) implements UpdateEvent {}
}
