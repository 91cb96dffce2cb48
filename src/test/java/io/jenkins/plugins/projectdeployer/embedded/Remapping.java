package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** One list of {@code {source, target}} pairs; what is not in it keeps its name (A3.1, A3.2). */
final class Remapping {
    private final Map<String, String> targets = new HashMap<>();

    Remapping(JsonNode pairs) {
        for (JsonNode pair : pairs) {
            targets.put(pair.path("source").asText(), pair.path("target").asText());
        }
    }

    String target(String source) {
        return targets.getOrDefault(source, source);
    }
}
