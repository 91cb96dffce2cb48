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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks at the nodes of deployments; one that does not answer is asked less and less often. */
final class NodeLooks {

    /** For all calls of one look at one node. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final TargetProjects targets;
    private final DownNodes down;

    /** What was seen on all nodes together. */
    record Seen(List<Sign> signs, Health.Monitoring monitoring, List<SchemeOnNode> schemes) {

        /** A node that could not be looked at. */
        private static Seen unseen(Message message, String name) {
            return new Seen(List.of(new Sign(Health.Level.ERROR, message.onNode(name))), Health.Monitoring.NONE, List.of());
        }
    }

    NodeLooks(TargetProjects targets, DownNodes down) {
        this.targets = targets;
        this.down = down;
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
        down.askAgain(addresses);
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
        Optional<Message> silent = down.silent(address.url(), last.number());
        if (silent.isPresent()) {
            return Seen.unseen(silent.get(), name);
        }
        NodeLook look = new NodeLook(deployment, Optional.of(last), address.url());
        try {
            look.at(new AutomationNode(targets.http(name, address)).watching(Cancellation.after(LIMIT)));
            down.answered(address.url());
        } catch (NodeException e) {
            down.failed(address.url(), name, e.kind(), last.number());
            return Seen.unseen(Message.error(e.kind().name(), e.getMessage()), name);
        } catch (Refused e) {
            return Seen.unseen(Message.error(e.reason().name(), e.getMessage()), name);
        } catch (IllegalArgumentException e) {
            return Seen.unseen(Message.error("NODE_ADDRESS", e.getMessage()), name);
        }
        return new Seen(look.signs().stream().map(sign -> new Sign(sign.level(), sign.message().onNode(name))).toList(),
                look.monitoring(), look.permissions().map(found -> SchemeOnNode.of(name, found)).stream().toList());
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
