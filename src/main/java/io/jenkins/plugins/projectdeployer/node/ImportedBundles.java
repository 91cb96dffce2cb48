package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJobs;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import io.jenkins.plugins.projectdeployer.node.http.TransferProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bundles of one project on an automation node. Source: facts B2. */
public final class ImportedBundles {

    private final NodeHttp http;
    private final ApiPath path;

    ImportedBundles(NodeHttp http, ApiPath project) {
        this.http = http;
        this.path = project.then("bundles", "imported");
    }

    /** Ids of all bundles that were imported, in the node's order. */
    public List<String> ids() throws NodeException {
        List<String> ids = new ArrayList<>();
        for (JsonNode bundle : http.json(NodeRequest.get(path)).path("bundles")) {
            ids.add(bundle.path("bundleId").asText());
        }
        return ids;
    }

    /** Sends a bundle of this project, read from disk while it goes out. */
    public void importBundle(BundleFile bundle, TransferProgress progress) throws NodeException {
        NodeRequest request = NodeRequest.post(path.then("actions", "importFromStream"))
                .longCall()
                .sending(new NodeRequest.Upload(bundle.path(), bundle.name(), progress));
        NodeJobs.result(http, request, JobProgress.NONE);
    }

    /** Brings the code envs of a bundle onto the node, as the project's settings say; waits for its end. */
    public NodeReport preload(String bundleId, JobProgress progress) throws NodeException {
        NodeRequest request = NodeRequest.post(action(bundleId, "preload")).longCall();
        return NodeReport.of(NodeJobs.result(http, request, progress));
    }

    /**
     * Makes a bundle the active one; waits for its end.
     *
     * @param scenariosActive which scenarios have their triggers on afterwards; one that is not named stays as it was
     */
    public NodeReport activate(String bundleId, Map<String, Boolean> scenariosActive, JobProgress progress)
            throws NodeException {
        ObjectNode body = NodeJson.object();
        if (!scenariosActive.isEmpty()) {
            ObjectNode active = body.putObject("scenariosActiveOnActivation");
            scenariosActive.forEach(active::put);
        }
        NodeRequest request =
                NodeRequest.post(action(bundleId, "activate")).longCall().sending(body);
        return NodeReport.of(NodeJobs.result(http, request, progress));
    }

    /** Removes a bundle that is not active; nodes know this since 13.5.3. */
    public void delete(String bundleId) throws NodeException {
        http.send(NodeRequest.delete(path.id("bundle id", bundleId)));
    }

    private ApiPath action(String bundleId, String action) throws NodeException {
        return path.id("bundle id", bundleId).then("actions", action);
    }
}
