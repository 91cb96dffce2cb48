package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.util.Map;

/** Writes a tree as YAML that people go on editing, as Jenkins' configuration as code reads it. */
final class Yaml {

    private final StringBuilder out = new StringBuilder();

    private Yaml() {}

    static String of(JsonNode tree) {
        Yaml yaml = new Yaml();
        yaml.fields(tree, "");
        return yaml.out.toString();
    }

    private void fields(JsonNode object, String indent) {
        String before = indent;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            out.append(before).append(field.getKey()).append(':');
            value(field.getValue(), indent);
            before = indent;
        }
    }

    private void value(JsonNode value, String indent) {
        if (value.isObject()) {
            out.append('\n');
            fields(value, indent + "  ");
        } else if (value.isArray()) {
            out.append('\n');
            for (JsonNode item : value) {
                out.append(indent).append("  -");
                item(item, indent + "    ");
            }
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    /** The first field of an object stands behind the dash. */
    private void item(JsonNode item, String indent) {
        if (!item.isObject()) {
            out.append(' ').append(scalar(item)).append('\n');
            return;
        }
        int start = out.length();
        fields(item, indent);
        out.replace(start, start + indent.length(), " ");
    }

    /**
     * A text of JSON is one of YAML too, as far as its characters may stand in one. What looks like a variable would be replaced
     * by configuration as code.
     */
    private static String scalar(JsonNode value) {
        return value.isTextual() ? printable(Json.printable(Json.text(value.asText().replace("${", "^${")))) : value.toString();
    }

    /** YAML takes no noncharacters, not even in comments. */
    static String printable(String text) {
        return text.replace("\uFFFE", "\\ufffe").replace("\uFFFF", "\\uffff");
    }
}
