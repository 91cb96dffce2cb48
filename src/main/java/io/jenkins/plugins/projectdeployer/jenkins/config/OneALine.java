package io.jenkins.plugins.projectdeployer.jenkins.config;

import java.util.List;
import net.sf.json.JSONArray;

/** A descriptor whose form has a list as text, one entry a line. */
public interface OneALine {

    /** A list as the form shows it. */
    default String typed(List<String> list) {
        return list == null ? "" : String.join("\n", list);
    }

    /** The list that somebody typed, as the form's JSON has it; nothing for lines that are blank. */
    static JSONArray read(Object typed) {
        JSONArray lines = new JSONArray();
        if (typed instanceof String text) {
            text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
        } else if (typed instanceof JSONArray array) {
            lines.addAll(array);
        }
        return lines;
    }
}
