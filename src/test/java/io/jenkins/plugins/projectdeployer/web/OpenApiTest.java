package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description says what is answered, all of it and nothing else. */
class OpenApiTest {

    private World world;
    private Caller admin;
    private JsonNode description;

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        world = new World(home).infrastructure("prod", "Production").hooks("prod", World.hook("notify", HookPhase.POST, "x = 1"));
        admin = new Caller(world, "admin");
        description = InstanceResources.description();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void it_names_every_path_and_method_and_no_other() {
        Set<String> described = new TreeSet<>();
        description.path("paths").properties().forEach(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described).isEqualTo(new TreeSet<>(world.deployer().api().routes().stream()
                .map(route -> route.method() + " " + route.template())
                .toList()));
        assertThat(admin.get("/openapi.json").path("openapi").asText()).startsWith("3.1");
    }

    @Test
    void every_variable_of_a_path_is_a_parameter() {
        description.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            List<String> named = new ArrayList<>();
            operation.getValue().path("parameters").forEach(parameter -> {
                if (parameter.path("in").asText().equals("path")) {
                    named.add("{" + parameter.path("name").asText() + "}");
                }
            });
            assertThat(java.util.regex.Pattern.compile("\\{\\w+}").matcher(path.getKey()).results().map(found -> found.group()))
                    .as(operation.getKey() + " " + path.getKey()).containsExactlyElementsOf(named);
        }));
    }

    @Test
    void every_answer_is_as_described() {
        world.publish(BundleZip.of("CHURN", "v1").scenario("TRAIN"));
        String create = "{\"deploymentId\": \"CHURN-on-prod\", \"publishedProjectKey\": \"CHURN\", \"infraId\": \"prod\", \"bundleId\": \"v1\"}";
        check("POST", "/project-deployer/deployments", Map.of(), create);
        JsonNode future = check("POST", "/project-deployer/deployments/{id}/actions/update", Map.of("{id}", "CHURN-on-prod"), null);
        check("GET", "/futures", Map.of(), null);
        world.await(world.deployer().records().update(future.path("jobId").asText()).orElseThrow());
        String timestamp = admin.get("/project-deployer/deployments/CHURN-on-prod/last-update").path("startTimestamp").asText();

        List<String> checked = new ArrayList<>();
        world.deployer().api().routes().stream().filter(route -> route.method().equals("GET")).map(Routes.Route::template).forEach(path -> {
            if (!path.endsWith("/bundles/{bundle}")) {
                String id = path.contains("/infras/") ? "prod" : "CHURN-on-prod";
                check("GET", path, Map.of("{id}", id, "{key}", "CHURN", "{bundle}", "v1", "{timestamp}", timestamp,
                        "{job}", future.path("jobId").asText()), null);
                checked.add(path);
            }
        });
        assertThat(checked).hasSizeGreaterThan(15);

        for (String settings : List.of("/project-deployer/deployments/{id}/settings", "/project-deployer/projects/{key}/settings")) {
            Map<String, String> ids = Map.of("{id}", "CHURN-on-prod", "{key}", "CHURN");
            check("PUT", settings, ids, check("GET", settings, ids, null).toString());
        }
        check("POST", "/project-deployer/projects", Map.of(), "{\"publishedProjectKey\": \"OTHER\"}");
        check("DELETE", "/project-deployer/projects/{key}", Map.of("{key}", "OTHER"), null);
        check("DELETE", "/project-deployer/deployments/{id}", Map.of("{id}", "CHURN-on-prod"), null);
    }

    @Test
    void a_document_that_is_not_as_described_is_found() {
        JsonNode schema = description.at("/components/schemas/Stage");

        assertThat(Schema.problems(description, schema, Json.read("{\"id\": \"x\", \"desc\": null}", JsonNode.class))).isEmpty();
        assertThat(Schema.problems(description, schema, Json.read("{\"id\": 1, \"more\": 2}", JsonNode.class)))
                .containsExactlyInAnyOrder("/id is NUMBER, not [string]", "/more is not described", "/desc is missing");
    }

    private JsonNode check(String method, String template, Map<String, String> variables, String body) {
        String path = template;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            path = path.replace(variable.getKey(), variable.getValue());
        }
        Caller.Answer answer = admin.ask(method, path, body);
        JsonNode operation = description.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
        assertThat(answer.status()).as(method + " " + path + ": " + answer.json()).isEqualTo(200);
        assertThat(Schema.problems(description, operation.at("/responses/200/content/application~1json/schema"), answer.json()))
                .as(method + " " + path + ": " + answer.json()).isEmpty();
        return answer.json();
    }
}
