package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a deployment is, and why.
 *
 * @param level in one word
 * @param messages what it rests on
 * @param monitoring how its scenarios ran last
 */
public record Health(Level level, List<Message> messages, Monitoring monitoring) {

    /** Dataiku's words (facts A6.1); the first that applies, in this order, is the deployment's health. */
    public enum Level {
        /** Nothing was ever deployed. */
        UNKNOWN,
        /** The last update failed, or a node does not answer, or does not have the project. */
        ERROR,
        /** What is on a node is not what the deployment says. */
        OUT_OF_SYNC,
        /** A scenario that is on ended its last run in failure. */
        UNHEALTHY,
        /** Deployed, with something to look at. */
        WARNING,
        /** Everything is as it is to be. */
        HEALTHY
    }

    /** What a node's silence is called: it may answer again a moment later. */
    private static final Set<String> SILENCE = Stream.of(Kind.UNREACHABLE, Kind.TIMEOUT, Kind.GATEWAY, Kind.CUT, Kind.CANCELLED)
            .map(Kind::name).collect(Collectors.toUnmodifiableSet());

    public Health {
        messages = List.copyOf(messages);
    }

    /** Whether it is an error only because a node does not answer. */
    boolean isSilence() {
        List<Message> errors = messages.stream().filter(message -> message.severity() == Message.Severity.ERROR).toList();
        return level == Level.ERROR && !errors.isEmpty()
                && errors.stream().allMatch(message -> message.node() != null && SILENCE.contains(message.code()));
    }

    /**
     * The last runs of the project's scenarios (facts A6.3), by id.
     *
     * @param hasScenarios whether there are any
     * @param hasActiveScenarios whether any is on
     */
    public record Monitoring(
            boolean hasScenarios,
            boolean hasActiveScenarios,
            List<String> failed,
            List<String> warning,
            List<String> successful,
            List<String> aborted,
            List<String> running) {

        /** No scenario is known. */
        static final Monitoring NONE = new Monitoring(false, false, List.of(), List.of(), List.of(), List.of(), List.of());

        /** Of several nodes, each scenario once in each list. */
        static Monitoring together(List<Monitoring> each) {
            return new Monitoring(
                    each.stream().anyMatch(Monitoring::hasScenarios),
                    each.stream().anyMatch(Monitoring::hasActiveScenarios),
                    all(each, Monitoring::failed),
                    all(each, Monitoring::warning),
                    all(each, Monitoring::successful),
                    all(each, Monitoring::aborted),
                    all(each, Monitoring::running));
        }

        private static List<String> all(List<Monitoring> each, Function<Monitoring, List<String>> list) {
            return each.stream().map(list).flatMap(List::stream).distinct().toList();
        }

        public Monitoring {
            failed = List.copyOf(failed);
            warning = List.copyOf(warning);
            successful = List.copyOf(successful);
            aborted = List.copyOf(aborted);
            running = List.copyOf(running);
        }
    }
}
