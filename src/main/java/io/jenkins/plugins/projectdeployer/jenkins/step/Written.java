package io.jenkins.plugins.projectdeployer.jenkins.step;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was written in a Jenkinsfile, as the model wants it. Groovy looks at no type parameters: a map may hold anything,
 * and a text with a variable in it is no {@link String}.
 */
final class Written {

    private Written() {}

    /** {@code ['sql-dev': 'sql-prod']}; null when nothing was written. */
    static List<Remap> remaps(String parameter, Map<?, ?> written) {
        if (written == null) {
            return null;
        }
        List<Remap> remaps = new ArrayList<>();
        written.forEach((source, target) -> remaps.add(new Remap(text(parameter, source), text(parameter, target))));
        return remaps;
    }

    /** {@code [limit: 10, region: 'eu']}; null when nothing was written. */
    static Map<String, JsonNode> variables(Map<?, ?> written) {
        if (written == null) {
            return null;
        }
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        written.forEach((name, value) -> variables.put(text("variables", name), Json.MAPPER.valueToTree(plain(value))));
        return variables;
    }

    /** {@code [TRAIN: true]}; null when nothing was written. */
    static Map<String, Boolean> switches(String parameter, Map<?, ?> written) {
        if (written == null) {
            return null;
        }
        Map<String, Boolean> switches = new LinkedHashMap<>();
        written.forEach((name, value) -> {
            if (!(value instanceof Boolean on)) {
                throw Refused.invalid(Messages.Written_switch(
                        parameter, Ids.printable(text(parameter, name)), Ids.printable(String.valueOf(value))));
            }
            switches.put(text(parameter, name), on);
        });
        return switches;
    }

    /** {@code ['SMOKE', 'FULL']}; null when nothing was written. */
    static List<String> texts(String parameter, List<?> written) {
        return written == null ? null : written.stream().map(value -> name(parameter, value)).toList();
    }

    /** The constant that somebody wrote in whatever case; null when nothing was written. */
    static <E extends Enum<E>> E named(Class<E> type, String parameter, String written) {
        if (written == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(written))
                .findFirst()
                .orElseThrow(() -> Refused.invalid(Messages.Written_none(parameter, Ids.printable(written),
                        String.join(", ", Arrays.stream(type.getEnumConstants()).map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList()))));
    }

    private static String text(String parameter, Object value) {
        if (!(value instanceof CharSequence)) {
            throw Refused.invalid(Messages.Written_text(parameter, Ids.printable(String.valueOf(value))));
        }
        return value.toString();
    }

    /** Whatever Groovy takes for a text; a variable that is not set is none. */
    private static String name(String parameter, Object value) {
        if (value == null) {
            throw Refused.invalid(Messages.Written_notSet(parameter));
        }
        return value.toString();
    }

    private static Object plain(Object value) {
        if (value instanceof CharSequence) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, inner) -> plain.put(name("variables", key), plain(inner)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Written::plain).toList();
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw Refused.invalid(Messages.Written_variable(value.getClass().getSimpleName()));
    }
}
