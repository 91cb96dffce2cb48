package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An API's description, held to what the API answers somebody. */
record Described(JsonNode description, Caller caller) {

    void assertNames(List<Routes.Route> routes) {
        Set<String> described = new TreeSet<>();
        description.path("paths").properties().forEach(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(described).isEqualTo(new TreeSet<>(routes.stream().map(route -> route.method() + " " + route.template()).toList()));
    }

    void assertParameters() {
        description.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            List<String> named = new ArrayList<>();
            operation.getValue().path("parameters").forEach(parameter -> {
                if (parameter.path("in").asText().equals("path")) {
                    named.add("{" + parameter.path("name").asText() + "}");
                }
            });
            assertThat(Pattern.compile("\\{\\w+}").matcher(path.getKey()).results().map(MatchResult::group))
                    .as(operation.getKey() + " " + path.getKey()).containsExactlyElementsOf(named);
        }));
    }

    /** Asks, and holds the answer to its schema. */
    JsonNode check(String method, String template, Map<String, String> variables, String body) {
        return check(method, template, variables, "", body);
    }

    JsonNode check(String method, String template, Map<String, String> variables, String query, String body) {
        String path = template;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            path = path.replace(variable.getKey(), variable.getValue());
        }
        JsonNode operation = description.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
        assertThat(sending(operation, body)).as(method + " " + path + " sending " + body).isEmpty();
        Caller.Answer answer = caller.ask(method, path + query, body);
        assertThat(answer.status()).as(method + " " + path + ": " + answer.json()).isEqualTo(200);
        assertThat(Schema.problems(description, operation.at("/responses/200/content/application~1json/schema"), answer.json()))
                .as(method + " " + path + ": " + answer.json()).isEmpty();
        return answer.json();
    }

    /** What is wrong with this body for that operation; null: none is sent. */
    private List<String> sending(JsonNode operation, String body) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        if (body == null) {
            return operation.at("/requestBody/required").asBoolean() ? List.of("a body is required") : List.of();
        }
        return schema.isMissingNode() ? List.of("no body is described") : Schema.problems(description, schema, Json.read(body, JsonNode.class));
    }

    /** Asks for what is refused, and holds that answer to its schema. */
    void refused(int status, String method, String template, String path, String body) {
        Caller.Answer answer = caller.ask(method, path, body);
        assertThat(answer.status()).as(method + " " + path + ": " + answer.json()).isEqualTo(status);
        String reference = description.path("paths").path(template).path(method.toLowerCase(Locale.ROOT)).at("/responses/default/$ref").asText();
        assertThat(reference).as(method + " " + template).startsWith("#/");
        assertThat(Schema.problems(description, description.at(reference.substring(1)).at("/content/application~1json/schema"), answer.json()))
                .as(method + " " + path + ": " + answer.json()).isEmpty();
    }

    /** Each operation describes how it refuses. */
    void assertRefusals() {
        description.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                assertThat(operation.getValue().at("/responses/default/$ref").asText()).as(operation.getKey() + " " + path.getKey())
                        .isEqualTo("#/components/responses/Refused")));
        assertThat(description.path("openapi").asText()).startsWith("3.1");
    }
}
