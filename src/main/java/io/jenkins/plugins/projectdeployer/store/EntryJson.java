package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.jenkins.plugins.projectdeployer.model.Json;

/** What stands in entries, as records and as JSON. */
final class EntryJson {

    private EntryJson() {}

    static ObjectNode facts() {
        return Json.MAPPER.createObjectNode();
    }

    /** As it goes into a line; not to be looked into. */
    static JsonNode written(Object value) {
        return Json.MAPPER.getNodeFactory().rawValueNode(new RawValue(Json.text(value)));
    }

    static JsonNode tree(Object value) {
        return Json.MAPPER.valueToTree(value);
    }

    static <T> T read(JsonNode node, Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new JournalException("The journal holds a " + type.getSimpleName() + " that this version cannot read ("
                    + e.getOriginalMessage() + "): use the version that wrote it, or a newer one.", e);
        }
    }

    static JournalException unknown(Entry entry) {
        return new JournalException("The journal holds an entry that this version does not know (" + entry
                + "): use the version that wrote it, or a newer one.");
    }
}
