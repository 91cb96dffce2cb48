package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.Records;
import io.jenkins.plugins.projectdeployer.store.SeenNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Asks a node how the tests of a deployed project ended. Changes nothing there. An answer holds as long as a look for the
 * health does, or until another update comes to the nodes; a node that such a look found silent is not asked.
 */
public final class TestingStatus {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Answers that are kept. */
    private static final int KEPT = 1_000;

    private final TargetProjects targets;
    private final Records records;
    private final DownNodes down;
    private final Clock clock;
    private final Map<Question, Place> places = Collections.synchronizedMap(new Latest<>(KEPT));

    private record Question(Deployment deployment, NodeAddress address, String bundleId) {}

    /** Where the last answer to one question is kept; whoever asks the node holds its lock, the others wait for what comes. */
    private static final class Place {
        private Answer answer;
    }

    /**
     * What came, when, and after which update.
     *
     * @param refused why the node did not count; null: it did
     */
    private record Answer(JsonNode count, String refused, Instant at, long lastAtWork) {}

    TestingStatus(TargetProjects targets, Records records, DownNodes down, Clock clock) {
        this.targets = targets;
        this.records = records;
        this.down = down;
        this.clock = clock;
    }

    /**
     * The runs of its test scenarios, counted by the node (Dataiku: facts B6).
     *
     * @param nodeId which of several nodes, by the id that it gave when it was last planned with; null where there is one
     * @param bundleId of the bundle under which they ran; null: any
     * @throws Refused {@code UNAVAILABLE} with what the node said where it did not answer the question
     */
    public JsonNode of(Deployment deployment, Infrastructure infrastructure, String nodeId, String bundleId) {
        int place = place(infrastructure, nodeId);
        Question question = new Question(deployment, infrastructure.nodes().get(place), bundleId);
        long lastAtWork = records.past(deployment.id()).lastAtWork();
        Place kept = places.computeIfAbsent(question, asked -> new Place());
        synchronized (kept) {
            Answer answer = kept.answer;
            if (answer == null || answer.lastAtWork() != lastAtWork || !clock.instant().isBefore(answer.at().plus(DeploymentHealth.FRESH))) {
                answer = asked(question, infrastructure.nodeName(place), lastAtWork);
                kept.answer = answer;
            }
            if (answer.refused() != null) {
                throw new Refused(Refused.Reason.UNAVAILABLE, answer.refused());
            }
            return answer.count();
        }
    }

    private Answer asked(Question question, String name, long lastAtWork) {
        String url = question.address().url();
        Optional<Message> silent = down.silent(url, lastAtWork);
        if (silent.isPresent()) {
            throw new Refused(Refused.Reason.UNAVAILABLE, silent.get().text());
        }
        try {
            JsonNode count = new AutomationNode(targets.http(name, question.address())).watching(Cancellation.after(LIMIT))
                    .project(question.deployment().targetProject()).scenarios().testingStatus(question.bundleId());
            down.answered(url);
            return new Answer(count, null, clock.instant(), lastAtWork);
        } catch (NodeException e) {
            return new Answer(null, e.getMessage(), clock.instant(), lastAtWork);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(e.getMessage()); // an address that nothing can be called at
        }
    }

    private int place(Infrastructure infrastructure, String nodeId) {
        List<SeenNode> seen = records.seenNodes();
        List<Optional<String>> ids =
                infrastructure.nodes().stream().map(address -> SeenNode.at(seen, infrastructure.id(), address.url())).toList();
        if (nodeId == null && ids.size() > 1) {
            throw Refused.invalid("Infrastructure " + infrastructure.id() + " has several nodes: name one as automationNodeId, of "
                    + String.join(", ", ids.stream().flatMap(Optional::stream).toList()) + ".");
        }
        return nodeId == null ? 0 : IntStream.range(0, ids.size()).filter(place -> ids.get(place).equals(Optional.of(nodeId))).findFirst()
                .orElseThrow(() -> Refused.notFound("automation node of infrastructure " + infrastructure.id(), nodeId));
    }
}
