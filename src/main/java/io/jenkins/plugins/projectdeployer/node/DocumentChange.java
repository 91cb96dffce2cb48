package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What became of a change to a document.
 *
 * @param before as it was
 * @param after as the node has it now
 * @param written whether anything was written
 * @param notTaken JSON pointers to what the node did not take over as sent, or lost; empty when all is well
 */
public record DocumentChange(ObjectNode before, ObjectNode after, boolean written, List<String> notTaken) {

    static DocumentChange none(ObjectNode document) {
        return new DocumentChange(document, document, false, List.of());
    }

    static DocumentChange of(ObjectNode before, ObjectNode wanted, ObjectNode after) {
        return new DocumentChange(before, after, true, ReadBack.notTaken(before, wanted, after));
    }

    /** Whether the node has what was wanted. */
    public boolean taken() {
        return notTaken.isEmpty();
    }

    /** Where and whether, not what: documents can hold secrets of the node. */
    @Override
    public String toString() {
        return "DocumentChange[written=" + written + ", notTaken=" + notTaken + "]";
    }
}
