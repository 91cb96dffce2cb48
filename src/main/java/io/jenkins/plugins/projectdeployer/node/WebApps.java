package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJobs;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.ArrayList;
import java.util.List;

/** The web apps of one project on a node. Source: facts B6. */
public final class WebApps {

    /** A web app as the node lists it; its run-as user stands only in the whole document. */
    public record Summary(String id, String name, String type) {}

    private final NodeHttp http;
    private final ApiPath path;

    WebApps(NodeHttp http, ApiPath project) {
        this.http = http;
        this.path = project.then("webapps");
    }

    /** All web apps. */
    public List<Summary> list() throws NodeException {
        List<Summary> webApps = new ArrayList<>();
        for (JsonNode json : http.json(NodeRequest.get(path.then("")))) {
            webApps.add(new Summary(
                    json.path("id").asText(),
                    json.path("name").asText(null),
                    json.path("type").asText(null)));
        }
        return webApps;
    }

    /** The whole definition. It can hold the app's own API key: never print it. */
    public NodeDocument document(String id) throws NodeException {
        return new NodeDocument(http, webApp(id));
    }

    /** Whether its backend runs. */
    public boolean isRunning(String id) throws NodeException {
        return http.json(NodeRequest.get(webApp(id).then("backend", "state")))
                .path("futureInfo")
                .path("alive")
                .asBoolean();
    }

    /** Starts its backend anew, so that it runs as the user set for it; waits for the start. */
    public void restart(String id, JobProgress progress) throws NodeException {
        NodeRequest request =
                NodeRequest.put(webApp(id).then("backend", "actions", "restart")).longCall();
        NodeJobs.result(http, request, progress);
    }

    /** Stops its backend. */
    public void stop(String id) throws NodeException {
        http.send(NodeRequest.put(webApp(id).then("backend", "actions", "stop")));
    }

    private ApiPath webApp(String id) throws NodeException {
        return path.id("web app id", id);
    }
}
