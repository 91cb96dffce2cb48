package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Looks at the nodes of deployments. A node that does not answer is asked again after {@link #FIRST_WAIT}, and then after
 * twice as long each time, {@link #LONGEST_WAIT} at most, whichever of its deployments somebody asks about.
 */
final class NodeLooks {

    static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** For all calls of one look at one node. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final TargetProjects targets;
    private final Clock clock;
    private final Map<String, Down> down = new ConcurrentHashMap<>();

    /** A node that did not answer. */
    private record Down(Message message, Instant until, Duration pause, long lastAtWork) {}

    /** What was seen on all nodes together. */
    record Seen(List<Sign> signs, Health.Monitoring monitoring, List<SchemeOnNode> schemes) {

        /** A node that could not be looked at. */
        private static Seen unseen(Message message, String name) {
            return new Seen(List.of(new Sign(Health.Level.ERROR, message.onNode(name))), Health.Monitoring.NONE, List.of());
        }
    }

    NodeLooks(TargetProjects targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    /** Looks at all nodes of the infrastructure. */
    Seen look(Deployment deployment, Infrastructure infrastructure, Update last) {
        List<Integer> places = IntStream.range(0, infrastructure.nodes().size()).boxed().toList();
        try {
            return together(InParallel.map(places, EachNode.AT_ONCE, place ->
                    one(deployment, infrastructure.nodes().get(place), name(infrastructure, place, last), last)));
        } catch (NodeException e) {
            throw new IllegalStateException("Each node's failure is a sign of its own", e);
        }
    }

    /** The next look asks these nodes again, also where one did not answer a moment ago. */
    void askAgain(List<NodeAddress> addresses) {
        addresses.forEach(address -> down.computeIfPresent(address.url(),
                (url, before) -> new Down(before.message(), Instant.MIN, before.pause(), before.lastAtWork())));
    }

    /** As the last update called it; else its place. */
    private static String name(Infrastructure infrastructure, int place, Update last) {
        String url = infrastructure.nodes().get(place).url();
        return last.plan() == null ? "node " + (place + 1) : last.plan().nodes().stream()
                .filter(node -> node.address().url().equals(url))
                .map(Plan.PlannedNode::name)
                .findFirst()
                .orElse("node " + (place + 1));
    }

    private Seen one(Deployment deployment, NodeAddress address, String name, Update last) {
        Down before = down.get(address.url());
        if (before != null && clock.instant().isBefore(before.until()) && before.lastAtWork() >= last.number()) {
            return Seen.unseen(before.message(), name);
        }
        NodeLook look = new NodeLook(deployment, Optional.of(last), address.url());
        try {
            look.at(new AutomationNode(targets.http(name, address)).watching(Cancellation.after(LIMIT)));
            down.remove(address.url());
        } catch (NodeException e) {
            return failed(address, name, e.kind().name(), e.getMessage(), before, last.number());
        } catch (Refused e) {
            return failed(address, name, e.reason().name(), e.getMessage(), before, last.number());
        } catch (IllegalArgumentException e) {
            return failed(address, name, "NODE_ADDRESS", e.getMessage(), before, last.number());
        }
        return new Seen(look.signs().stream().map(sign -> new Sign(sign.level(), sign.message().onNode(name))).toList(),
                look.monitoring(), look.permissions().map(found -> SchemeOnNode.of(name, found)).stream().toList());
    }

    private Seen failed(NodeAddress address, String name, String code, String why, Down before, long lastAtWork) {
        Instant now = clock.instant();
        Duration wait = before == null ? FIRST_WAIT : before.pause().multipliedBy(2);
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        Message message = Message.error(code, why);
        down.put(address.url(), new Down(message, now.plus(bounded), bounded, lastAtWork));
        return Seen.unseen(message, name);
    }

    private static Seen together(List<Seen> each) {
        if (each.size() == 1) {
            return each.get(0);
        }
        List<Sign> signs = new ArrayList<>();
        each.forEach(seen -> signs.addAll(seen.signs()));
        return new Seen(signs, Health.Monitoring.together(each.stream().map(Seen::monitoring).toList()),
                each.stream().flatMap(seen -> seen.schemes().stream()).toList());
    }
}
