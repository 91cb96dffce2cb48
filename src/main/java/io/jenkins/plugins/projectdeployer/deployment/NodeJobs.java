package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.time.Duration;

/** Work that a node may finish later: the answer is the result, or a job to ask for until it is there (facts B6). */
final class NodeJobs {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final NodeHttp node;
    private final Cancellation cancellation;

    NodeJobs(NodeHttp node, Cancellation cancellation) {
        this.node = node;
        this.cancellation = cancellation;
    }

    /** Asks for the work and waits for its result; when cancelled, tells the node to stop. */
    JsonNode result(NodeRequest request) throws NodeException, InterruptedException {
        JsonNode state = node.jsonIfAny(request.longCall());
        String id = state.path("jobId").asText("");
        Duration pause = FIRST_PAUSE;
        boolean seenDead = false;
        while (!id.isEmpty() && !state.path("hasResult").asBoolean()) {
            boolean dead = !state.path("alive").asBoolean(true);
            if (state.path("aborted").asBoolean() || dead && seenDead) {
                throw NodeException.unexpected(node.name(), "Node " + node.name() + " ended the work of " + request.method() + " "
                        + request.path() + " without a result; its log says why.");
            }
            seenDead = dead;
            if (cancellation.await(pause)) {
                // The caller's calls are cancelled already; this one is the last.
                node.watching(new Cancellation()).send(NodeRequest.delete(ApiPath.of("futures").id("job id", id)));
                throw NodeException.unexpected(node.name(), "The work " + Ids.printable(id) + " on node " + node.name()
                        + " was given up, because the update was.");
            }
            pause = pause.multipliedBy(3).dividedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(3).dividedBy(2);
            state = node.json(NodeRequest.get(ApiPath.of("futures").id("job id", id)).query("peek", "false"));
        }
        return state.has("result") ? state.path("result") : state;
    }
}
