package io.jenkins.plugins.projectdeployer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One field of what an update was planned from is another one: which ingredient that is, and that nothing else is. */
class IngredientsTest {

    /** What an update is made of, each as the JSON that it is recorded as. */
    private static final String PLANNED = """
            {
              "request": {"key": "k", "requestedBy": ["alice"], "project": "CHURN", "bundle": "v1", "infrastructure": "prod",
                "onFailure": "STOP", "dryRun": false, "queue": false, "adopt": false, "ignoreWarnings": false, "releaseNotes": "x"},
              "plan": {
                "deployment": {"id": "d", "projectKey": "CHURN", "infrastructureId": "prod", "targetProject": "CHURN_PROD", "bundleId": "v1",
                  "settings": {"variables": {"a": 1, "b": 2}, "disableAutomaticTriggers": false, "projectFolder": "x"},
                  "adopted": false, "createdBy": "alice", "createdAt": "2026-01-01T00:00:00Z"},
                "firstDeployment": true,
                "bundleSha256": "aa",
                "infrastructure": {"id": "prod", "stage": "Production",
                  "nodes": [{"url": "https://one.example.com", "credentialsId": "key", "trustAll": false}],
                  "externalUrl": "https://link.example.com",
                  "grants": [{"group": "release", "right": "READ"}],
                  "codeEnvsBehavior": {"importTimeMode": "INSTALL_IF_MISS", "envImportSpecificationMode": "SPECIFIED"},
                  "policies": {"permissionsPropagation": "NONE", "deployAsUser": "svc", "scenariosRunAsUser": "run", "webAppsRunAsUser": "web"},
                  "hooks": [{"name": "tell", "phase": "PRE", "text": "x", "codeEnv": "py", "user": "bob",
                      "secrets": [{"name": "token", "credentialsId": "chat"}]},
                    {"name": "last", "phase": "PRE", "text": "y"}],
                  "allowedJobs": ["a/*"]},
                "codeEnvs": [{"name": "py", "interpreter": "/bin/py", "usableByAll": true}],
                "users": {"requestingUser": "alice", "requestingLogin": "alice_d", "deployingUser": "svc", "scenariosRunAsUser": "run",
                  "webAppsRunAsUser": "web"},
                "remapping": {"connections": [{"source": "a", "target": "b"}], "codeEnvs": [{"source": "a", "target": "b"}],
                  "containerExecs": [{"source": "a", "target": "b"}]},
                "permissions": {"owner": "svc", "permissions": [{"group": "team", "flags": ["readProjectContent"]}], "leftOut": []},
                "nodes": [{"address": {"url": "https://one.example.com", "credentialsId": "key", "trustAll": false}, "name": "one", "nodeId": "n1",
                  "version": "14.0.0", "projectPresent": true, "activeBundle": "v0"}],
                "testScenarios": ["TEST"],
                "onFailure": "STOP",
                "restore": {"nodes": [{"url": "https://one.example.com", "activeBundle": "v0", "projectPresent": true}]},
                "messages": [{"severity": "WARNING", "code": "W", "text": "careful"}, {"severity": "INFO", "code": "I", "text": "by the way"}]
              },
              "gate": {"approvals": 2, "approvers": [{"group": "release"}], "excludeEditorsWithin": "1d", "timeLimit": "2d",
                "promoteFrom": "Test", "promoteAfter": "3d", "promoteHealth": "WARNING",
                "freezes": [{"name": "calm", "start": "2026-01-01T00:00:00", "end": "2026-01-02T00:00:00"}],
                "webhooks": [{"url": "https://chat.example.com", "credentialsId": "chat"}]}
            }
            """;

    private static Map<String, String> digests(JsonNode planned) {
        return Ingredients.of(read(planned, "request", DeployRequest.class), read(planned, "plan", Plan.class), read(planned, "gate", StageGate.class));
    }

    private static <T> T read(JsonNode planned, String name, Class<T> type) {
        return Json.read(planned.path(name).toString(), type);
    }

    private static JsonNode planned() {
        return Json.read(PLANNED, JsonNode.class);
    }

    /** Puts another value into a field: the opposite, one more, or another word. */
    private static JsonNode with(String pointer) {
        JsonNode planned = planned();
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        JsonNode parent = planned.at(pointer.substring(0, pointer.lastIndexOf('/')));
        JsonNode value = parent.isArray() ? parent.path(Integer.parseInt(name)) : parent.path(name);
        if (parent.isArray()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) parent).remove(Integer.parseInt(name));
        } else if (value.isBoolean()) {
            ((ObjectNode) parent).put(name, !value.booleanValue());
        } else if (value.isNumber()) {
            ((ObjectNode) parent).put(name, value.intValue() + 1);
        } else {
            ((ObjectNode) parent).set(name, another(name, value));
        }
        return planned;
    }

    private static JsonNode another(String name, JsonNode value) {
        Map<String, String> others = Map.ofEntries(
                Map.entry("STOP", "ROLLBACK"), Map.entry("NONE", "ALL"), Map.entry("PRE", "POST"), Map.entry("WARNING", "HEALTHY"),
                Map.entry("INSTALL_IF_MISS", "DO_NOTHING"), Map.entry("SPECIFIED", "ACTUAL"), Map.entry("1d", "9d"), Map.entry("2d", "9d"),
                Map.entry("3d", "9d"), Map.entry("rollBackOf", "7"));
        if (name.equals("rollBackOf")) {
            return Json.MAPPER.getNodeFactory().numberNode(7);
        }
        String text = value.asText();
        return TextNode.valueOf(others.getOrDefault(text, value.isMissingNode() ? "another" : text + "-another"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/request/requestedBy/0, requester",
        "/plan/users/requestingUser, requester",
        "/plan/users/requestingLogin, requester",
        "/plan/bundleSha256, bundle",
        "/plan/deployment/bundleId, bundle",
        "/plan/deployment/projectKey, bundle",
        "/plan/users/deployingUser, users",
        "/plan/users/scenariosRunAsUser, users",
        "/plan/users/webAppsRunAsUser, users",
        "/plan/deployment/id, target",
        "/plan/deployment/infrastructureId, target",
        "/plan/deployment/targetProject, target",
        "/plan/deployment/adopted, target",
        "/plan/firstDeployment, target",
        "/plan/deployment/settings/variables/a, settings",
        "/plan/deployment/settings/disableAutomaticTriggers, settings",
        "/plan/deployment/settings/projectFolder, settings",
        "/plan/remapping/connections/0/target, settings",
        "/plan/remapping/codeEnvs/0/target, settings",
        "/plan/remapping/containerExecs/0/target, settings",
        "/plan/permissions/owner, settings",
        "/plan/permissions/permissions/0/group, settings",
        "/plan/permissions/permissions/0/flags/0, settings",
        "/plan/testScenarios/0, parameters",
        "/plan/onFailure, parameters",
        "/plan/restore/nodes/0/activeBundle, parameters",
        "/request/adopt, parameters",
        "/request/ignoreWarnings, parameters",
        "/request/rollBackOf, parameters",
        "/plan/nodes/0/projectPresent, node",
        "/plan/nodes/0/activeBundle, node",
        "/plan/messages/0/text, node",
        "/plan/messages/0/code, node",
        "/plan/infrastructure/nodes/0/url, infrastructure",
        "/plan/infrastructure/nodes/0/credentialsId, infrastructure",
        "/plan/infrastructure/nodes/0/trustAll, infrastructure",
        "/plan/infrastructure/codeEnvsBehavior/importTimeMode, infrastructure",
        "/plan/infrastructure/codeEnvsBehavior/envImportSpecificationMode, infrastructure",
        "/plan/infrastructure/policies/permissionsPropagation, infrastructure",
        "/plan/infrastructure/policies/deployAsUser, infrastructure",
        "/plan/infrastructure/policies/scenariosRunAsUser, infrastructure",
        "/plan/infrastructure/policies/webAppsRunAsUser, infrastructure",
        "/plan/infrastructure/hooks/0/name, hooks",
        "/plan/infrastructure/hooks/0/phase, hooks",
        "/plan/infrastructure/hooks/0/text, hooks",
        "/plan/infrastructure/hooks/0/codeEnv, hooks",
        "/plan/infrastructure/hooks/0/user, hooks",
        "/plan/infrastructure/hooks/0/secrets/0/name, hooks",
        "/plan/infrastructure/hooks/0/secrets/0/credentialsId, hooks",
        "/plan/infrastructure/hooks/1, hooks",
        "/plan/codeEnvs/0/interpreter, hooks",
        "/plan/infrastructure/stage, gate",
        "/gate/approvals, gate",
        "/gate/approvers/0/group, gate",
        "/gate/excludeEditorsWithin, gate",
        "/gate/timeLimit, gate",
        "/gate/promoteFrom, gate",
        "/gate/promoteAfter, gate",
        "/gate/promoteHealth, gate",
    })
    void another_value_changes_its_ingredient_and_no_other(String field, String ingredient) {
        assertThat(Ingredients.changed(digests(planned()), digests(with(field)))).containsExactly(ingredient);
    }

    @Test
    void approvals_from_before_a_deployment_could_name_tests_stay_valid() {
        assertThat(Json.MAPPER.valueToTree(DeploymentSettings.DEFAULT).fieldNames()).toIterable().doesNotContain("testScenarios", "onFailure");
    }

    @Test
    void another_node_under_the_same_address_is_another_target_and_not_the_same_node() {
        assertThat(Ingredients.changed(digests(planned()), digests(with("/plan/nodes/0/nodeId")))).containsExactly("node", "target");
    }

    @ParameterizedTest
    @CsvSource({
        "/request/key", "/request/releaseNotes", "/request/queue", "/plan/deployment/createdBy", "/plan/infrastructure/externalUrl",
        "/plan/infrastructure/grants/0/group", "/plan/infrastructure/allowedJobs/0", "/plan/codeEnvs/0/usableByAll", "/plan/nodes/0/name",
        "/plan/nodes/0/version", "/plan/messages/1/text", "/gate/freezes/0/name", "/gate/webhooks/0/url",
    })
    void what_does_not_act_or_is_asked_again_by_itself_changes_nothing(String field) {
        assertThat(with(field)).as("it is another value").isNotEqualTo(planned());
        assertThat(Ingredients.changed(digests(planned()), digests(with(field)))).isEmpty();
    }

    @Test
    void the_order_of_hooks_acts_and_the_order_of_fields_and_of_a_maps_keys_does_not() {
        JsonNode planned = planned();
        com.fasterxml.jackson.databind.node.ArrayNode hooks =
                (com.fasterxml.jackson.databind.node.ArrayNode) planned.at("/plan/infrastructure/hooks");
        hooks.add(hooks.remove(0));
        assertThat(Ingredients.changed(digests(planned()), digests(planned))).containsExactly("hooks");

        assertThat(digests(upsideDown(planned()))).isEqualTo(digests(planned()));
    }

    /** The same with the last field of each object first. */
    private static JsonNode upsideDown(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(new LinkedHashMap<>(Json.MAPPER.convertValue(node,
                new com.fasterxml.jackson.core.type.TypeReference<LinkedHashMap<String, JsonNode>>() {})).entrySet());
        Collections.reverse(fields);
        ObjectNode turned = Json.MAPPER.createObjectNode();
        fields.forEach(field -> turned.set(field.getKey(), upsideDown(field.getValue())));
        return turned;
    }
}
