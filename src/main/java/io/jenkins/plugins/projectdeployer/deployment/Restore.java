package io.jenkins.plugins.projectdeployer.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.RunAs;
import io.jenkins.plugins.projectdeployer.node.Scenarios;
import io.jenkins.plugins.projectdeployer.node.WebApps;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts one node's project back to a recorded state: what comes before the old bundle's activation, and what after. Keys that
 * no record has are left alone: the node may have got them with a newer version, and would write them again.
 */
final class Restore {

    private Restore() {}

    /** The settings: their remappings must stand before activation. */
    static void beforeActivation(TargetProject project, WayBack.NodeState before) throws NodeException {
        if (before.settings() instanceof ObjectNode settings) {
            project.changeSettings(document -> Documents.restoreSettings(document, settings));
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
            project.changePermissions(document -> document.setAll(permissions));
        }
        if (before.variables() instanceof ObjectNode variables) {
            project.changeVariables(document -> document.setAll(variables));
        }
        InParallel.map(project.asAdmin().scenarios().list(), line -> restore(project, line, before.scenarios().get(line.id())));
        InParallel.map(project.asAdmin().webApps().list(), line -> restore(project, line, before.webApps().get(line.id())));
    }

    /** A web app that was not there before stays, and is stopped. */
    private static boolean restore(TargetProject project, WebApps.Summary line, WayBack.WebAppState before) throws NodeException {
        if (before == null) {
            return project.stopWebApp(line.id());
        }
        return project.changeWebApp(line.id(), said -> before.runAsUser());
    }

    /** A scenario that was not there before stays, and is off. */
    private static boolean restore(TargetProject project, Scenarios.Summary line, WayBack.ScenarioState before)
            throws NodeException {
        return project.changeScenario(line.id(), scenario -> {
            scenario.put("active", before != null && before.active());
            if (before != null) {
                RunAs.set(scenario, before.runAsUser());
            }
        });
    }

    /** Where there was nothing before: the project stays, and does nothing by itself. */
    static void keepStill(TargetProject project) throws NodeException {
        List<Scenarios.Summary> on = project.asAdmin().scenarios().list().stream().filter(Scenarios.Summary::active).toList();
        InParallel.map(on, line -> project.changeScenario(line.id(), scenario -> scenario.put("active", false)));
        InParallel.map(project.asAdmin().webApps().list(), line -> project.stopWebApp(line.id()));
    }
}
