package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Puts one node's project back to a recorded state: what comes before the old bundle's activation, and what after. */
final class Restore {

    private Restore() {}

    /** The settings: their remappings must stand before activation. */
    static void beforeActivation(TargetProject project, WayBack.NodeState before) throws NodeException {
        if (before.settings() instanceof ObjectNode settings) {
            project.changeSettings(document -> document.removeAll().setAll(settings));
        }
    }

    /** No scenario is on until it runs again as whom it ran before. */
    static Map<String, Boolean> atActivation(WayBack.NodeState before) {
        Map<String, Boolean> off = new HashMap<>();
        before.scenarios().keySet().forEach(id -> off.put(id, false));
        return off;
    }

    /** Permissions, variables, settings that the activation brought along, run-as users and scenario states. */
    static void afterActivation(TargetProject project, WayBack.NodeState before) throws NodeException {
        beforeActivation(project, before);
        if (before.permissions() instanceof ObjectNode permissions) {
            project.changePermissions(document -> document.removeAll().setAll(permissions));
        }
        if (before.variables() instanceof ObjectNode variables) {
            project.changeVariables(document -> document.removeAll().setAll(variables));
        }
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (TargetProject.ScenarioLine line : project.scenarios()) {
            WayBack.ScenarioState state = before.scenarios().get(line.id());
            calls.add(() -> state == null
                    ? project.changeScenario(line.id(), null, false)
                    : project.restoreScenario(line.id(), state));
        }
        for (String id : project.webApps()) {
            WayBack.WebAppState state = before.webApps().get(id);
            if (state != null) {
                calls.add(() -> project.restoreWebApp(id, state));
            }
        }
        InParallel.calls(calls);
    }

    /** Where there was nothing before: the project stays, and does nothing by itself. */
    static void switchScenariosOff(TargetProject project) throws NodeException {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (TargetProject.ScenarioLine line : project.scenarios()) {
            if (line.active()) {
                calls.add(() -> project.changeScenario(line.id(), null, false));
            }
        }
        InParallel.calls(calls);
    }
}
