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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description says what is answered, all of it and nothing else. */
class OpenApiTest {

    private World world;
    private Caller admin;
    private Described described;

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        world = new World(home).infrastructure("prod", "Production").hooks("prod", World.hook("notify", HookPhase.POST, "x = 1"));
        admin = new Caller(world, "admin");
        described = new Described(Api.description("openapi.json"), admin);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void it_names_every_path_and_method_and_no_other() {
        described.assertNames(world.deployer().api().routes());
        described.assertRefusals();
        assertThat(admin.get("/openapi.json")).isEqualTo(described.description());
    }

    @Test
    void every_variable_of_a_path_is_a_parameter() {
        described.assertParameters();
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
        check("PUT", "/project-deployer/deployments/{id}/settings", Map.of("{id}", "CHURN-on-prod"), "{\"localVariables\": null,"
                + " \"bundleContainerSettings\": {\"remapping\": {\"codeEnvs\": []}}}");
        check("PUT", "/project-deployer/infras/{id}/settings", Map.of("{id}", "prod"), "{\"permissions\": [{\"group\": \"a\", \"read\": true}]}");
        described.refused(400, "PUT", "/project-deployer/deployments/{id}/settings", "/project-deployer/deployments/CHURN-on-prod/settings", "[]");
        described.refused(403, "POST", "/project-deployer/infras", "/project-deployer/infras", "{}");
        described.refused(404, "GET", "/futures/{job}", "/futures/none", null);
        described.refused(409, "DELETE", "/project-deployer/projects/{key}", "/project-deployer/projects/CHURN", null);
        check("POST", "/project-deployer/projects", Map.of(), "{\"publishedProjectKey\": \"OTHER\"}");
        check("DELETE", "/project-deployer/projects/{key}", Map.of("{key}", "OTHER"), null);
        check("DELETE", "/project-deployer/deployments/{id}", Map.of("{id}", "CHURN-on-prod"), null);
    }

    @Test
    void a_document_that_is_not_as_described_is_found() {
        JsonNode description = described.description();
        JsonNode schema = description.at("/components/schemas/Stage");

        assertThat(Schema.problems(description, schema, Json.read("{\"id\": \"x\", \"desc\": null}", JsonNode.class))).isEmpty();
        assertThat(Schema.problems(description, schema, Json.read("{\"id\": 1, \"more\": 2}", JsonNode.class)))
                .containsExactlyInAnyOrder("/id is NUMBER, not [string]", "/more is not described", "/desc is missing");
    }

    private JsonNode check(String method, String template, Map<String, String> variables, String body) {
        return described.check(method, template, variables, body);
    }
}
