package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.ProjectOnNode;
import io.jenkins.plugins.projectdeployer.node.Reading;
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
        Reading<List<Scenarios.Summary>> scenarios = Reading.of(project.scenarios()::list);
        Reading<List<WebApps.Summary>> webApps = Reading.of(project.webApps()::list);
        Reading<ObjectNode> settings = Reading.of(project.settings()::get);
        Reading<ObjectNode> permissions = Reading.of(project.permissions()::get);
        Reading<ObjectNode> variables = Reading.of(project.variables()::get);
        Reading.all(scenarios, webApps, settings, permissions, variables);
        return new WayBack.NodeState(
                url,
                found.get().activeBundle(),
                true,
                settings.answer(),
                permissions.answer(),
                variables.answer(),
                asMap(InParallel.map(scenarios.answer(), each -> Map.entry(each.id(), scenario(project.scenarios().document(each.id()).get())))),
                asMap(InParallel.map(webApps.answer(), each -> Map.entry(each.id(), new WayBack.WebAppState(
                        RunAs.configured(project.webApps().document(each.id()).get()).orElse(null))))));
    }

    private static WayBack.ScenarioState scenario(ObjectNode definition) {
        return new WayBack.ScenarioState(definition.path("active").asBoolean(), RunAs.configured(definition).orElse(null));
    }

    private static <V> Map<String, V> asMap(List<Map.Entry<String, V>> entries) {
        return entries.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
