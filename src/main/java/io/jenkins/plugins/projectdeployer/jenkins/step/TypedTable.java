package io.jenkins.plugins.projectdeployer.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A table in the step's form: {@code name = value}, one a line. */
final class TypedTable {

    private TypedTable() {}

    /** Reads what somebody typed; a line without {@code =} is a name with an empty value. */
    static <V> Map<String, V> read(String typed, Function<String, V> value) {
        Map<String, V> table = new LinkedHashMap<>();
        for (String line : lines(typed)) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals).strip();
            table.put(name, value.apply(equals < 0 ? "" : line.substring(equals + 1).strip()));
        }
        return table;
    }

    /** Which lines are no {@code name = value}. */
    static FormValidation check(String typed) {
        return lacking(typed, line -> line.indexOf('=') > 0, Messages::TypedTable_table);
    }

    /** Which lines switch nothing on or off. */
    static FormValidation checkSwitches(String typed) {
        return lacking(typed, line -> line.matches("(?i)[^=]+=\\s*(on|off|true|false)"), Messages::TypedTable_switches);
    }

    private static FormValidation lacking(String typed, Predicate<String> isRight, UnaryOperator<String> message) {
        return lines(typed).stream().filter(isRight.negate()).findFirst()
                .map(line -> FormValidation.error(message.apply(Ids.printable(line))))
                .orElse(FormValidation.ok());
    }

    private static List<String> lines(String typed) {
        return Util.fixNull(typed).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** Writes a table as it would be typed. */
    static String write(Map<?, ?> table) {
        return table == null
                ? ""
                : table.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + typed(entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    /** {@code true}, {@code 10}, {@code [1, 2]} and {@code {"a": 1}} are what they look like; anything else is text. */
    static Object variable(String typed) {
        try {
            JsonNode node = Json.MAPPER.readTree(typed);
            return node == null || node.isMissingNode() ? typed : Json.MAPPER.convertValue(node, Object.class);
        } catch (JsonProcessingException e) {
            return typed;
        }
    }

    /** On and off, true and false. */
    static Boolean isOn(String typed) {
        return typed.equalsIgnoreCase("on") || typed.equalsIgnoreCase("true");
    }

    private static String typed(Object value) {
        if (value instanceof CharSequence || value instanceof Boolean || value instanceof Number) {
            return value.toString();
        }
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return String.valueOf(value);
        }
    }
}
