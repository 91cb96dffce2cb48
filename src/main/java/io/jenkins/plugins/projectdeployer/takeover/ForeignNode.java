package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.node.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node of another deployer's infrastructure, as its settings name it (facts B7): by its URL, or by its id where that deployer
 * has the URL from its own directory of nodes, or not at all.
 *
 * @param url where the other deployer reaches it; null: not told
 * @param externalUrl where people reach it; null: not told
 * @param nodeId null: not told
 */
record ForeignNode(String url, String externalUrl, String nodeId, boolean trustAll) {

    /** Whether one of ours is this one. */
    enum Likeness {
        SAME,
        /** The other deployer, or the node, does not tell. */
        UNKNOWN,
        OTHER
    }

    /** Those of an infrastructure's settings, one at least. */
    static List<ForeignNode> of(JsonNode settings) {
        boolean trustAll = settings.path("trustAllSSLCertificates").asBoolean();
        JsonNode several = settings.path("automationNodes");
        if (several.isEmpty() || several.size() == 1 && Foreign.text(several.get(0), "automationNodeUrl") == null) {
            String nodeId = Foreign.text(settings, "nodeId");
            return List.of(new ForeignNode(Foreign.url(settings, "automationNodeUrl"), Foreign.url(settings, "automationNodeExternalUrl"),
                    nodeId == null ? Foreign.text(several.path(0), "nodeId") : nodeId, trustAll));
        }
        List<ForeignNode> nodes = new ArrayList<>();
        several.forEach(node -> nodes.add(new ForeignNode(Foreign.url(node, "automationNodeUrl"), null, Foreign.text(node, "nodeId"),
                trustAll || node.path("trustAllSSLCertificates").asBoolean())));
        return nodes;
    }

    Likeness to(NodeAddress ours, NodeInfo said) {
        boolean sameUrl = Stream.of(new NodeAddress(url, null), new NodeAddress(externalUrl, null)).anyMatch(ours::isSameNode);
        if (sameUrl || nodeId != null && nodeId.equals(said.nodeId())) {
            return Likeness.SAME;
        }
        return url == null && (nodeId == null || said.nodeId() == null) ? Likeness.UNKNOWN : Likeness.OTHER;
    }

    /** For messages. */
    @Override
    public String toString() {
        return Ids.printable(url != null ? url : nodeId != null ? nodeId : "of which it tells neither URL nor id");
    }
}
