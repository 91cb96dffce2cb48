package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.RunAs;
import io.jenkins.plugins.projectdeployer.node.Scenarios;
import io.jenkins.plugins.projectdeployer.node.WebApps;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what an update may change of a project on one node, before it does. */
final class ProjectState {

    private ProjectState() {}

    static WayBack.NodeState read(String url, Optional<ProjectOnNode> found, NodeProject project) throws NodeException {
        if (found.isEmpty()) {
            return new WayBack.NodeState(url, null, false, null, null, null, null, null);
        }
        List<String> scenarios = project.scenarios().list().stream().map(Scenarios.Summary::id).toList();
        List<String> webApps = project.webApps().list().stream().map(WebApps.Summary::id).toList();
        return new WayBack.NodeState(
                url,
                found.get().activeBundle(),
                true,
                project.settings().get(),
                project.permissions().get(),
                project.variables().get(),
                asMap(InParallel.map(scenarios, id -> Map.entry(id, scenario(project.scenarios().document(id).get())))),
                asMap(InParallel.map(webApps, id -> Map.entry(id, new WayBack.WebAppState(
                        RunAs.configured(project.webApps().document(id).get()).orElse(null))))));
    }

    private static WayBack.ScenarioState scenario(ObjectNode definition) {
        return new WayBack.ScenarioState(definition.path("active").asBoolean(), RunAs.configured(definition).orElse(null));
    }

    private static <V> Map<String, V> asMap(List<Map.Entry<String, V>> entries) {
        return entries.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
