package io.jenkins.plugins.projectdeployer.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table in the step's form: {@code name = value}, one a line. What would be read as something else stands in quotes, as in
 * JSON: {@code "a=b" = c}, or {@code limit = "10"} for a variable that is this text and no number.
 */
final class TypedTable {

    /** A name, in quotes or without an equals sign, and what follows its equals sign. Nothing in it tries again: lines may be long. */
    private static final Pattern LINE = Pattern.compile(
            "(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"\\s*+|[^=]*+)(?:=(.*))?", Pattern.DOTALL);

    private static final ObjectReader WHOLE = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TypedTable() {}

    /** Reads what somebody typed; a line without {@code =} is a name with an empty value. */
    static <V> Map<String, V> read(String typed, Function<String, V> value) {
        Map<String, V> table = new LinkedHashMap<>();
        for (String line : lines(typed)) {
            Matcher parts = parts(line);
            table.put(text(name(parts)), value.apply(value(parts)));
        }
        return table;
    }

    /** Which lines are no {@code name = value}. */
    static FormValidation check(String typed) {
        return lacking(typed, parts -> !name(parts).isEmpty() && parts.group(2) != null, Messages::TypedTable_table);
    }

    /** Which lines switch nothing on or off. */
    static FormValidation checkSwitches(String typed) {
        return lacking(typed, parts -> !name(parts).isEmpty() && value(parts).matches("(?i)on|off|true|false"),
                Messages::TypedTable_switches);
    }

    private static FormValidation lacking(String typed, Predicate<Matcher> isRight, UnaryOperator<String> message) {
        return lines(typed).stream().filter(line -> !isRight.test(parts(line))).findFirst()
                .map(line -> FormValidation.error(message.apply(Ids.printable(line))))
                .orElse(FormValidation.ok());
    }

    private static List<String> lines(String typed) {
        return (typed == null ? "" : typed).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Matcher parts(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException("Every line matches");
        }
        return parts;
    }

    private static String name(Matcher parts) {
        return parts.group(1).strip();
    }

    private static String value(Matcher parts) {
        return parts.group(2) == null ? "" : parts.group(2).strip();
    }

    /** Writes a table as it would be typed. */
    static String write(Map<?, ?> table) {
        return table == null
                ? ""
                : table.entrySet().stream()
                        .map(entry -> name(entry.getKey()) + " = " + value(entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    /** Writes names as they would be typed. */
    static String write(List<?> names) {
        return names == null ? "" : names.stream().map(TypedTable::name).collect(Collectors.joining("\n"));
    }

    /** A table of texts has no numbers: a text in quotes is what they hold. */
    static String text(String typed) {
        return typed.startsWith("\"") && json(typed) instanceof String text ? text : typed;
    }

    /** {@code true}, {@code 10}, {@code "10"}, {@code [1, 2]} and {@code {"a": 1}} are what JSON says; anything else is text. */
    static Object variable(String typed) {
        return json(typed);
    }

    /** On and off, true and false. */
    static Boolean isOn(String typed) {
        return typed.equalsIgnoreCase("on") || typed.equalsIgnoreCase("true");
    }

    private static Object json(String typed) {
        try {
            JsonNode node = WHOLE.readTree(typed);
            return node == null || node.isMissingNode() ? typed : Json.MAPPER.convertValue(node, Object.class);
        } catch (JsonProcessingException e) {
            return typed;
        }
    }

    private static String name(Object name) {
        String plain = String.valueOf(name);
        return plain.isEmpty() || plain.startsWith("\"") || plain.contains("=") || isReadOtherwise(plain, plain) ? quoted(plain) : plain;
    }

    /** A text is written bare where it reads as itself, in a table of texts and in one of variables. */
    private static String value(Object value) {
        if (!(value instanceof CharSequence)) {
            return quoted(value);
        }
        String plain = value.toString();
        return isReadOtherwise(plain, json(plain)) ? quoted(plain) : plain;
    }

    private static boolean isReadOtherwise(String plain, Object read) {
        return !plain.equals(read) || !plain.equals(plain.strip()) || plain.lines().count() > 1;
    }

    private static String quoted(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return String.valueOf(value);
        }
    }
}
