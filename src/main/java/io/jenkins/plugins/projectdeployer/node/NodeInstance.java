package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import io.jenkins.plugins.projectdeployer.node.http.NodeReply;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code /instance-info} and {@code /auth/info}, which every kind of node has. */
final class NodeInstance {

    private NodeInstance() {}

    static NodeInfo info(NodeHttp http) throws NodeException {
        NodeReply reply = http.send(NodeRequest.get(ApiPath.of("instance-info")));
        JsonNode json = object(reply);
        String type = json.path("nodeType").asText("");
        if (type.isEmpty()) {
            throw NodeException.unexpected(
                    http.name(),
                    "What answers in place of node \"" + http.name()
                            + "\" does not say its node type (GET /instance-info): check that its URL is that of a Dataiku node.");
        }
        String id = json.path("nodeId").asText(null);
        return new NodeInfo(
                id,
                json.path("nodeName").asText(id == null ? "" : id),
                type,
                reply.version().orElse(json.path("dssVersion").asText(null)));
    }

    static CallerInfo caller(NodeHttp http) throws NodeException {
        JsonNode json = http.json(NodeRequest.get(ApiPath.of("auth", "info")));
        List<String> groups = new ArrayList<>();
        json.path("groups").forEach(group -> groups.add(group.asText()));
        return new CallerInfo(json.path("authIdentifier").asText(""), groups);
    }

    private static JsonNode object(NodeReply reply) {
        try {
            return NodeJson.read(reply.octets());
        } catch (IOException notJson) {
            return NodeJson.object();
        }
    }
}
