package io.jenkins.plugins.projectdeployer.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds what a node did not take over of a document that was put.
 *
 * <p>What we changed must have arrived, what we removed must be gone, and what we left alone must still be there, though
 * the node may give it another value (it counts versions). Null, an empty list, an empty object and nothing are the same.
 * Nodes may add fields and may put lists of objects into another order, but a list must not hold more than was sent.
 */
final class ReadBack {

    private final List<String> notTaken = new ArrayList<>();

    private ReadBack() {}

    static List<String> notTaken(ObjectNode before, ObjectNode wanted, ObjectNode after) {
        ReadBack comparison = new ReadBack();
        comparison.compare("", before, wanted, after);
        return List.copyOf(comparison.notTaken);
    }

    private void compare(String at, JsonNode before, JsonNode wanted, JsonNode after) {
        if (before.isObject() && wanted.isObject() && after.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            wanted.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(
                    at + "/" + name.replace("~", "~0").replace("/", "~1"),
                    before.path(name),
                    wanted.path(name),
                    after.path(name)));
            return;
        }
        boolean leftAlone = same(before, wanted);
        boolean fine = leftAlone ? isNothing(wanted) || !isNothing(after) : contains(after, wanted);
        if (!fine) {
            notTaken.add(at);
        }
    }

    /** Whether the node's value says all that was sent. */
    private static boolean contains(JsonNode has, JsonNode sent) {
        if (isNothing(sent)) {
            return isNothing(has);
        }
        if (sent.isObject() && has.isObject()) {
            for (var field : sent.properties()) {
                if (!contains(has.path(field.getKey()), field.getValue())) {
                    return false;
                }
            }
            return true;
        }
        if (sent.isArray() && has.isArray()) {
            return sent.size() == has.size() && eachFound(has, sent);
        }
        return same(has, sent);
    }

    private static boolean eachFound(JsonNode has, JsonNode sent) {
        List<JsonNode> left = new ArrayList<>();
        has.forEach(left::add);
        for (JsonNode element : sent) {
            int found = -1;
            for (int i = 0; i < left.size() && found < 0; i++) {
                found = contains(left.get(i), element) ? i : -1;
            }
            if (found < 0) {
                return false;
            }
            left.remove(found);
        }
        return true;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        if (isNothing(one) || isNothing(other)) {
            return isNothing(one) && isNothing(other);
        }
        if (one.isNumber() && other.isNumber()) {
            BigDecimal number = one.decimalValue();
            return number.compareTo(other.decimalValue()) == 0;
        }
        return one.equals(other);
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty();
    }
}
