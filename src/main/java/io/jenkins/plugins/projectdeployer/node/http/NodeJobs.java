package io.jenkins.plugins.projectdeployer.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeException.Kind;
import java.time.Duration;

/**
 * Waits for what a node does in the background.
 *
 * <p>A reply with {@code hasResult:false} names a job, which is asked for at {@code /futures/{jobId}} until it has a
 * result. It has failed when it was aborted, when the node does not know it any more, when it is twice neither alive nor
 * done, or when it outlasts the limit for long calls. Source: facts B2, B6.
 */
public final class NodeJobs {

    private final Waiting waiting;
    private final NodeRequest question;
    private final JobProgress progress;
    private final CallSite site;

    private NodeJobs(Waiting waiting, NodeRequest question, JobProgress progress, CallSite site) {
        this.waiting = waiting;
        this.question = question;
        this.progress = progress;
        this.site = site;
    }

    /**
     * Makes a call whose answer may be a job, and gives back the result: that of the job, or the answer itself where it
     * names none.
     *
     * @return a missing node where the node answers nothing
     */
    public static JsonNode result(NodeHttp http, NodeRequest request, JobProgress progress) throws NodeException {
        return result(http, request, progress, Waiting.SILENCE);
    }

    static JsonNode result(NodeHttp http, NodeRequest request, JobProgress progress, Duration silence)
            throws NodeException {
        JsonNode reply = http.jsonIfAny(request);
        if (!reply.has("hasResult")) {
            return reply;
        }
        if (done(reply)) {
            return resultOf(reply);
        }
        String id = reply.path("jobId").asText("");
        if (id.isEmpty()) {
            throw http.site(request)
                    .failure(Kind.JOB_FAILED, true, "began a job without naming it", "look at the node", null);
        }
        ApiPath path = ApiPath.of("futures").id("job id", id);
        Waiting waiting =
                new Waiting(http, request, NodeRequest.delete(path), http.timeouts().longCall(), silence);
        NodeRequest question = NodeRequest.get(path).query("peek", "false");
        return new NodeJobs(waiting, question, progress, http.site(request)).await(reply);
    }

    private JsonNode await(JsonNode first) throws NodeException {
        JsonNode state = first;
        boolean lifeless = false;
        while (!done(state)) {
            lifeless = check(state, lifeless);
            waiting.pause();
            state = ask();
        }
        return resultOf(state);
    }

    private JsonNode ask() throws NodeException {
        try {
            return waiting.ask(question);
        } catch (NodeException e) {
            if (e.kind() != Kind.REFUSED) {
                throw e;
            }
            String said = e.said().orElse(null);
            CallSite.Answer answer = new CallSite.Answer(e.status(), e.errorType().orElse(null), said);
            throw site.answered(Kind.JOB_FAILED, answer, false, "failed at it", said == null ? e.getMessage() : said);
        }
    }

    /** Fails for a job that can have no result any more; says whether this state was the first without life. */
    private boolean check(JsonNode state, boolean lifelessBefore) throws NodeException {
        if (state.path("aborted").asBoolean()) {
            throw waiting.failed("was told to stop by somebody else", "see who aborted the job there");
        }
        if (state.path("unknown").asBoolean()) {
            throw waiting.failed("does not know its job any more", "it may have been restarted");
        }
        if (state.path("alive").asBoolean()) {
            progress.running(Duration.ofMillis(state.path("runningTime").asLong()));
            return false;
        }
        if (lifelessBefore) {
            throw waiting.failed("ended the job without a result", "see the node's log");
        }
        return true;
    }

    private static boolean done(JsonNode state) {
        return state.path("hasResult").asBoolean();
    }

    private static JsonNode resultOf(JsonNode state) {
        return state.has("result") ? state.get("result") : MissingNode.getInstance();
    }
}
