package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what cannot be carried over. Names fields and never their values, which may be secrets. */
final class Left {

    private final List<String> said = new ArrayList<>();

    void add(String sentence) {
        said.add(sentence);
    }

    void addAll(Left others) {
        said.addAll(others.said);
    }

    /** Fields of a document that nobody here knows and that say something. */
    void unknown(JsonNode document, Set<String> known, String of) {
        document.properties().forEach(field -> {
            if (!known.contains(field.getKey()) && saysSomething(field.getValue())) {
                add(of + ": its field " + Ids.printable(field.getKey()) + " is not known here.");
            }
        });
    }

    private static boolean saysSomething(JsonNode value) {
        return value.isContainerNode() ? !value.isEmpty() : !value.isNull() && !value.asText().isEmpty() && !value.asText().equals("false");
    }

    List<String> said() {
        return said;
    }
}
