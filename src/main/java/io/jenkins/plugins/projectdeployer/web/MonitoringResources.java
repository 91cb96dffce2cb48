package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.DeploymentHealth;
import io.jenkins.plugins.projectdeployer.deployment.TestingStatus;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.Objects;

/** How all deployments are as far as is known, and how the tests of one ended (facts A6.6, B7). */
final class MonitoringResources {

    private static final String ONE = "/project-deployer/deployments/{id}";

    private final DeploymentHealth health;
    private final TestingStatus tests;

    MonitoringResources(DeploymentHealth health, TestingStatus tests) {
        this.health = health;
        this.tests = tests;
    }

    void addTo(Routes routes) {
        routes.get("/unified-monitoring/deployer/projects", call ->
                        call.tagged(Objects.hash(call.view().version(), health.version()), () -> monitored(call.view())))
                .get(ONE + "/testing-status", this::testingStatus)
                .post(ONE + "/run-test-scenarios", call -> {
                    call.view().deployment(call.path("id"));
                    throw new Refused(Refused.Reason.FORBIDDEN, "Test scenarios run in an update, whose record says what came of them:"
                            + " start one that names them as testScenarios.");
                });
    }

    /** No node is asked: it is what was seen when somebody looked last. */
    private ArrayNode monitored(View view) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        view.deployments(deployment -> true).forEach(deployment -> list.add(monitored(deployment, view)));
        return list;
    }

    private ObjectNode monitored(Deployment deployment, View view) {
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("deploymentId", deployment.id())
                .put("infrastructureId", deployment.infrastructureId())
                .put("stage", view.on(deployment).stage())
                .put("bundleName", deployment.bundleId())
                .put("deployedProjectKey", deployment.targetProject())
                .put("publishedProjectKey", deployment.projectKey())
                .put("health", health.lately(deployment).name())
                .putNull("snapshotTimestamp");
        health.lookedAt(deployment).ifPresent(at -> json.put("snapshotTimestamp", at.toEpochMilli()));
        return json;
    }

    private WebReply testingStatus(Routes.Call call) {
        Deployment deployment = call.view().deployment(call.path("id"));
        return WebReply.json(tests.of(deployment, call.view().on(deployment),
                given(call, "automationNodeId"), given(call, "bundleId")));
    }

    private static String given(Routes.Call call, String name) {
        String value = call.request().query().getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }
}
