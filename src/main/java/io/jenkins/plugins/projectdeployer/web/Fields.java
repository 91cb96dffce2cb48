package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads fields of documents that clients send; another type than expected is refused by the field's name. */
final class Fields {

    private Fields() {}

    /** Null when it is absent, null or empty. */
    static String text(JsonNode document, String name) {
        JsonNode value = checked(document.path(name), name, JsonNode::isTextual, "text");
        return value == null || value.textValue().isBlank() ? null : value.textValue();
    }

    /** @throws Refused when there is none */
    static String required(JsonNode document, String name) {
        String value = text(document, name);
        if (value == null) {
            throw Refused.invalid(name + " is missing: it must be given.");
        }
        return value;
    }

    /** @throws Refused when there is none */
    static int wholeNumber(JsonNode document, String name) {
        JsonNode value = checked(document.path(name), name, node -> node.isIntegralNumber() && node.canConvertToInt(), "a whole number");
        if (value == null) {
            throw Refused.invalid(name + " is missing: it must be given.");
        }
        return value.intValue();
    }

    static boolean flag(JsonNode document, String name, boolean otherwise) {
        JsonNode value = checked(document.path(name), name, JsonNode::isBoolean, "true or false");
        return value == null ? otherwise : value.booleanValue();
    }

    /** An empty list when there is none. */
    static Iterable<JsonNode> list(JsonNode value, String name) {
        JsonNode list = checked(value, name, JsonNode::isArray, "a list");
        return list == null ? List.of() : list;
    }

    /** An empty list when there is none. */
    static List<String> texts(JsonNode document, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : list(document.path(name), name)) {
            if (!text.isTextual()) {
                throw Refused.invalid(name + " must be a list of texts.");
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    /** Null when there is none. */
    static Map<String, JsonNode> object(JsonNode document, String name) {
        JsonNode value = checked(document.path(name), name, JsonNode::isObject, "an object");
        if (value == null) {
            return null;
        }
        Map<String, JsonNode> fields = new HashMap<>();
        value.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /**
     * A field that is only there to be read: a document that comes back must not say something else.
     *
     * @param now what it is; may be null
     * @param how who may change it, and where
     */
    static void unchanged(JsonNode document, String name, String now, String how) {
        if (!document.has(name)) {
            return;
        }
        String said = document.path(name).isNull() ? null : document.path(name).asText();
        if (!java.util.Objects.equals(said == null || said.isEmpty() ? null : said, now == null || now.isEmpty() ? null : now)) {
            throw Refused.invalid(name + " cannot be changed here from \"" + Ids.printable(now) + "\" to \"" + Ids.printable(said)
                    + "\": " + how + ".");
        }
    }

    /**
     * What is not known is refused by its name, not left out in silence. What says nothing, null or false, is left out.
     *
     * @param where it stands, such as {@code the document}
     */
    static void known(JsonNode document, String where, Collection<String> known) {
        List<String> said = new ArrayList<>();
        checked(document, where, JsonNode::isObject, "an object");
        document.properties().forEach(field -> {
            if (!field.getValue().isNull() && !(field.getValue().isBoolean() && !field.getValue().booleanValue())) {
                said.add(field.getKey());
            }
        });
        known(said, "field of " + where, known);
    }

    /** @param kind what each of them is, such as {@code parameter} */
    static void known(Collection<String> said, String kind, Collection<String> known) {
        said.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw Refused.invalid("\"" + Ids.printable(name) + "\" is no " + kind + " here; there is "
                    + String.join(", ", new TreeSet<>(known)) + ".");
        });
    }

    private static JsonNode checked(JsonNode value, String name, Predicate<JsonNode> fits, String expected) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!fits.test(value)) {
            throw Refused.invalid(name + " must be " + expected + ".");
        }
        return value;
    }
}
