package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** As much of JSON Schema as our description uses: types, required and further properties, lists, enumerations, references. */
final class Schema {

    private final JsonNode description;
    private final List<String> problems = new ArrayList<>();

    private Schema(JsonNode description) {
        this.description = description;
    }

    /** What of this document is not as the schema says; empty when all is. */
    static List<String> problems(JsonNode description, JsonNode schema, JsonNode document) {
        Schema check = new Schema(description);
        check.check("", schema, document);
        return check.problems;
    }

    private void check(String at, JsonNode schema, JsonNode document) {
        if (schema.has("$ref")) {
            check(at, description.at(schema.path("$ref").asText().substring(1)), document);
            return;
        }
        if (schema.has("oneOf")) {
            long fitting = StreamSupport.stream(schema.path("oneOf").spliterator(), false)
                    .filter(each -> problems(description, each, document).isEmpty()).count();
            if (fitting != 1) {
                problems.add(at + " is " + fitting + " of " + schema.path("oneOf") + ", not one: " + document);
            }
            return;
        }
        List<String> types = texts(schema.path("type"));
        if (types.stream().noneMatch(type -> is(type, document))) {
            problems.add(at + " is " + document.getNodeType() + ", not " + types);
            return;
        }
        if (schema.has("enum") && !texts(schema.path("enum")).contains(document.asText())) {
            problems.add(at + " is " + document + ", none of " + schema.path("enum"));
        }
        document.properties().forEach(field -> property(at + "/" + field.getKey(), schema, field.getKey(), field.getValue()));
        texts(schema.path("required")).stream().filter(name -> document.isObject() && !document.has(name))
                .forEach(name -> problems.add(at + "/" + name + " is missing"));
        if (document.isArray()) {
            document.forEach(item -> check(at + "[]", schema.path("items"), item));
        }
    }

    private void property(String at, JsonNode schema, String name, JsonNode value) {
        JsonNode known = schema.path("properties").path(name);
        JsonNode others = schema.path("additionalProperties");
        if (!known.isMissingNode()) {
            check(at, known, value);
        } else if (others.isObject()) {
            check(at, others, value);
        } else if (others.isBoolean() && !others.booleanValue()) {
            problems.add(at + " is not described");
        }
    }

    private static boolean is(String type, JsonNode document) {
        return switch (type) {
            case "object" -> document.isObject();
            case "array" -> document.isArray();
            case "string" -> document.isTextual();
            case "integer" -> document.isIntegralNumber();
            case "boolean" -> document.isBoolean();
            case "null" -> document.isNull();
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static List<String> texts(JsonNode oneOrMany) {
        return oneOrMany.isTextual() ? List.of(oneOrMany.textValue())
                : StreamSupport.stream(oneOrMany.spliterator(), false).map(JsonNode::asText).toList();
    }
}
