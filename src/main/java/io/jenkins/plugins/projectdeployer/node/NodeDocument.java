package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.function.Consumer;

/**
 * A JSON document on a node that is read and replaced whole.
 *
 * <p>Its shape belongs to the node: what we do not know in it goes back as it came. Nodes drop what they do not know and
 * answer 200 all the same (facts B0), so {@link #change} reads back.
 */
public final class NodeDocument {

    private final NodeHttp http;
    private final ApiPath path;

    NodeDocument(NodeHttp http, ApiPath path) {
        this.http = http;
        this.path = path;
    }

    /** The document as it is on the node. */
    public ObjectNode get() throws NodeException {
        JsonNode json = http.json(NodeRequest.get(path));
        if (json instanceof ObjectNode document) {
            return document;
        }
        throw NodeException.unexpected(http.name(), "GET " + path + " gave no JSON object.");
    }

    /** Replaces the whole document. */
    public void put(JsonNode document) throws NodeException {
        http.send(NodeRequest.put(path, document));
    }

    /**
     * Reads, changes, writes and reads back. Where the change changes nothing, nothing is written.
     *
     * @param change makes the wanted document out of a copy of the present one
     */
    public DocumentChange change(Consumer<ObjectNode> change) throws NodeException {
        ObjectNode before = get();
        ObjectNode wanted = before.deepCopy();
        change.accept(wanted);
        if (wanted.equals(before)) {
            return DocumentChange.none(before);
        }
        put(wanted);
        return DocumentChange.of(before, wanted, get());
    }
}
