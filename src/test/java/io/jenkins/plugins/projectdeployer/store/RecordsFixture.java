package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.node.IntNode;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small but complete things for the store's tests. */
final class RecordsFixture {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

    private RecordsFixture() {}

    static PublishedProject project(String key) {
        return new PublishedProject(key, "alice", NOW, List.of(Grant.toGroup("churn-team", ProjectRight.DEPLOY)));
    }

    static Bundle bundle(String project, String id) {
        return bundle(project, id, id);
    }

    static Bundle bundle(String project, String id, String content) {
        String digest = Digests.sha256(content.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, content.length());
        return new Bundle(project, id, digest, 100, "alice", NOW, "design-1", "Better churn",
                new BundleContents(project, id, "13.3.1", "alice", null, null, Map.of("sql-dev", "PostgreSQL"), null,
                        List.of("py39"), null, null, "alice",
                        List.of(new ProjectPermissions("churn-team", null, Set.of("readProjectContent"))),
                        List.of(new BundleContents.Scenario("NIGHTLY", "Every night", true, null, false)), null, null, null));
    }

    static Deployment deployment(String id, String project, String infrastructure) {
        DeploymentSettings settings = new DeploymentSettings("Sales", List.of(new Remap("sql-dev", "sql-prod")), null, null,
                true, Map.of("limit", IntNode.valueOf(7)), Map.of("NIGHTLY", true), false, List.of("daily"), null, null);
        return new Deployment(id, project, infrastructure, project, "v1", settings, false, "alice", NOW);
    }

    static DeployRequest request(String key, String project) {
        return DeployRequest.of(key, "alice", project, "prod").bundle("v1").onFailure(OnFailure.ROLLBACK)
                .origin(new DeployRequest.Origin("deploy#7", "deploy", "job/deploy/7")).build();
    }

    static Plan plan(Deployment deployment) {
        return plan(deployment, "prod-1");
    }

    static Plan plan(Deployment deployment, String nodeId) {
        Infrastructure infrastructure = new Infrastructure("prod", "Production",
                List.of(new NodeAddress("https://prod.example.com:10000", "prod-key")), null, null, null, null, null, null,
                null, List.of(new Hook("notify", HookPhase.POST, "def execute(**kwargs): pass", null, null, null)), null);
        return new Plan(deployment, true, "0".repeat(64), infrastructure, null,
                new Plan.Users("alice", "alice", "svc_deploy", "svc_run", null), deployment.settings().remapping(),
                new Plan.Scheme("svc_deploy", List.of(), List.of("group gone")),
                List.of(new Plan.PlannedNode(infrastructure.nodes().get(0), nodeId == null ? "prod" : nodeId, nodeId, "13.3.1", false, null)), null,
                OnFailure.ROLLBACK, null, List.of(Message.warning("MISSING_GROUP", "There is no group gone.")));
    }

    static WayBack wayBack() {
        return new WayBack(null, List.of(new WayBack.NodeState("https://prod.example.com:10000", "v0", true,
                Json.MAPPER.createObjectNode().put("owner", "alice"), null, null,
                Map.of("NIGHTLY", new WayBack.ScenarioState(true, null)), null)));
    }

    static UpdateEvent reached(String node, String bundle) {
        return new UpdateEvent.NodeReached(new Update.NodeResult(node, bundle,
                io.jenkins.plugins.projectdeployer.model.Phase.ACTIVATE, null));
    }
}
