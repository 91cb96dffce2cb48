package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.BodyReader;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJobs;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The bundles that projects of a design node have exported. Give it a transport that acts as the requesting user, so that
 * nobody exports what they may not. Source: facts B1.
 */
public final class BundleExports {

    private final NodeHttp http;

    /** Calls through this transport. */
    public BundleExports(NodeHttp http) {
        this.http = http;
    }

    /** What the node says of itself. */
    public NodeInfo info() throws NodeException {
        return NodeInstance.info(http);
    }

    /** Ids of the bundles of a project, in the node's order. */
    public List<String> ids(String projectKey) throws NodeException {
        List<String> ids = new ArrayList<>();
        for (JsonNode bundle : http.json(NodeRequest.get(exported(projectKey))).path("bundles")) {
            ids.add(bundle.path("bundleId").asText());
        }
        return ids;
    }

    /**
     * Makes a bundle of the project as it is now; waits for its end. An id that exists is refused by the node.
     *
     * @param releaseNotes may be null
     */
    public void export(String projectKey, String bundleId, String releaseNotes, JobProgress progress)
            throws NodeException {
        NodeRequest request = NodeRequest.put(exported(projectKey).id("bundle id", bundleId))
                .query("releaseNotes", releaseNotes)
                .longCall();
        NodeJobs.result(http, request, progress);
    }

    /** Hands the archive to the reader while it arrives; it is not begun again where it breaks off. */
    public <T> T download(String projectKey, String bundleId, BodyReader<T> reader) throws NodeException {
        ApiPath path = exported(projectKey).id("bundle id", bundleId).then("archive");
        return http.stream(NodeRequest.get(path).longCall(), reader);
    }

    /** Removes an exported bundle. */
    public void delete(String projectKey, String bundleId) throws NodeException {
        http.send(NodeRequest.delete(exported(projectKey).id("bundle id", bundleId)));
    }

    /** Owner and permissions of the design project, for propagation. */
    public NodeDocument permissions(String projectKey) throws NodeException {
        return new NodeProject(http, projectKey).permissions();
    }

    private static ApiPath exported(String projectKey) throws NodeException {
        return ApiPath.of("projects").id("project key", projectKey).then("bundles", "exported");
    }
}
