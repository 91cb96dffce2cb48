package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.http.ApiPath;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.node.http.NodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Reads what an update may change on one node, before it does. */
final class WayBackReader {

    private final NodeHttp node;
    private final ApiPath path;
    private final String url;

    WayBackReader(NodeHttp node, ApiPath path, String url) {
        this.node = node;
        this.path = path;
        this.url = url;
    }

    WayBack.NodeState read(Optional<JsonNode> listed, TargetProject project) throws NodeException {
        if (listed.isEmpty()) {
            return new WayBack.NodeState(url, null, false, null, null, null, null, null);
        }
        List<Callable<Map.Entry<String, WayBack.ScenarioState>>> scenarios = new ArrayList<>();
        for (TargetProject.ScenarioLine line : project.scenarios()) {
            scenarios.add(() -> Map.entry(line.id(), project.scenarioState(line.id())));
        }
        List<Callable<Map.Entry<String, WayBack.WebAppState>>> webApps = new ArrayList<>();
        for (String id : project.webApps()) {
            webApps.add(() -> Map.entry(id, project.webAppState(id)));
        }
        return new WayBack.NodeState(url,
                listed.get().path("activeBundleState").path("bundleId").asText(null),
                true,
                node.json(NodeRequest.get(path.then("settings"))),
                node.json(NodeRequest.get(path.then("permissions"))),
                node.json(NodeRequest.get(path.then("variables", ""))),
                asMap(InParallel.calls(scenarios)),
                asMap(InParallel.calls(webApps)));
    }

    private static <V> Map<String, V> asMap(List<Map.Entry<String, V>> entries) {
        return entries.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
