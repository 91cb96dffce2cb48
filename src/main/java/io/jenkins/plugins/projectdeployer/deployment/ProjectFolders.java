package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.Optional;

/** A node's tree of project folders (facts B4). */
final class ProjectFolders {

    private final NodeHttp node;

    ProjectFolders(NodeHttp node) {
        this.node = node;
    }

    /**
     * The id of the folder at a path such as {@code /Marketing/Churn}.
     *
     * @throws NodeException when one of its names is not there; folders are not made
     */
    String idOf(String path) throws NodeException {
        JsonNode folder = node.json(NodeRequest.get(ApiPath.of("project-folders", "")));
        for (String name : path.split("/")) {
            if (!name.isBlank()) {
                folder = child(folder, name).orElseThrow(() -> NodeException.invalid("There is no project folder \""
                        + Ids.printable(path) + "\" on node " + node.name() + "; make it there or change projectFolder."));
            }
        }
        return folder.path("id").asText();
    }

    private Optional<JsonNode> child(JsonNode folder, String name) throws NodeException {
        for (JsonNode id : folder.path("childrenIds")) {
            JsonNode child = node.json(NodeRequest.get(ApiPath.of("project-folders").id("folder", id.asText())));
            if (child.path("name").asText().equals(name)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }
}
