package io.jenkins.plugins.projectdeployer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in place of variables, as configuration as code in Jenkins writes them: <code>${NAME}</code>,
 * <code>${NAME:-otherwise}</code>, and <code>^${NAME}</code> for the text itself.
 */
final class Variables {

    private static final Pattern VARIABLE = Pattern.compile("(\\^)?\\$\\{([^}:]+)(?::-([^}]*))?}");

    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** The document with every text in it resolved. */
    JsonNode resolvedIn(JsonNode document) {
        if (document instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> field.setValue(resolvedIn(field.getValue())));
        } else if (document instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, resolvedIn(array.get(i)));
            }
        }
        return document.isTextual() ? TextNode.valueOf(resolved(document.textValue())) : document;
    }

    /** The text with its variables resolved. */
    String resolved(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(), found.group(1),
                found.group(2), found.group(3))));
    }

    private String value(String whole, String escape, String name, String otherwise) {
        if (escape != null) {
            return whole.substring(escape.length());
        }
        String value = values.getOrDefault(name, otherwise);
        if (value == null) {
            throw new IllegalArgumentException("variable " + name + " has no value; give it one, or a default as in ${"
                    + name + ":-default}");
        }
        return value;
    }
}
