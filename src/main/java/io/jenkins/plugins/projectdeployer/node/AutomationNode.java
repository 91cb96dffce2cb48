package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJobs;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import io.jenkins.plugins.projectdeployer.node.http.TransferProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An automation node, by its public API.
 *
 * <p>Calls are made with the infrastructure's key itself, or as a user through {@link #actingAs}: what changes a project
 * runs as the deploying user; run-as users, permissions and lists need the key (facts A4.9, A4.12). Safe for many
 * threads.
 */
public final class AutomationNode {

    private final NodeHttp http;

    /** Calls through this transport. */
    public AutomationNode(NodeHttp http) {
        this.http = http;
    }

    /** The same node, every call made as this user. */
    public AutomationNode actingAs(String login) throws NodeException {
        return new AutomationNode(http.actingAs(login));
    }

    /** The same node, every call ended when this is cancelled. */
    public AutomationNode watching(Cancellation cancellation) {
        return new AutomationNode(http.watching(cancellation));
    }

    /** What the node says of itself. */
    public NodeInfo info() throws NodeException {
        return NodeInstance.info(http);
    }

    /** Whom the node sees calling; with {@link #actingAs}, whether it reads the login as it was meant. */
    public CallerInfo caller() throws NodeException {
        return NodeInstance.caller(http);
    }

    /** All projects that the caller may see. */
    public List<ProjectOnNode> projects() throws NodeException {
        List<ProjectOnNode> projects = new ArrayList<>();
        for (JsonNode project : http.json(NodeRequest.get(ApiPath.of("projects", "")))) {
            projects.add(new ProjectOnNode(
                    project.path("projectKey").asText(),
                    project.path("name").asText(null),
                    project.path("ownerLogin").asText(null),
                    project.path("activeBundleState").path("bundleId").asText(null)));
        }
        return projects;
    }

    /** The project of this key, if the caller may see one. Asks for the list: a node answers errors of many kinds else. */
    public Optional<ProjectOnNode> findProject(String key) throws NodeException {
        return projects().stream().filter(project -> project.key().equals(key)).findFirst();
    }

    /** A way to the parts of a project; asks the node nothing yet. */
    public NodeProject project(String key) throws NodeException {
        return new NodeProject(http, key);
    }

    /**
     * Makes a project out of a bundle, read from disk while it goes out. The caller becomes its owner; the bundle is not
     * active yet.
     *
     * @param folderId project folder; null: the root
     * @return the key of the project, where the node says it
     */
    public Optional<String> createFromBundle(BundleFile bundle, String folderId, TransferProgress progress)
            throws NodeException {
        NodeRequest request = NodeRequest.post(ApiPath.of("projectsFromBundle", ""))
                .query("projectFolderId", folderId)
                .longCall()
                .sending(new NodeRequest.Upload(bundle.path(), bundle.name(), progress));
        JsonNode reply = NodeJobs.result(http, request, JobProgress.NONE);
        return Optional.ofNullable(reply.path("projectKey").asText(null));
    }

    /** Its users and groups. */
    public NodeDirectory directory() {
        return new NodeDirectory(http);
    }

    /** Its connections, code envs, clusters, container configurations and plugins. */
    public NodeResources resources() {
        return new NodeResources(http);
    }

    /** Its tree of project folders. */
    public ProjectFolders folders() {
        return new ProjectFolders(http);
    }
}
