package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What has to be put back to undo an update, recorded before anything changes.
 *
 * @param deployment as it was; null when the update created it
 * @param nodes one entry for each node
 */
public record WayBack(Deployment deployment, List<NodeState> nodes) {

    public WayBack {
        nodes = Text.list(nodes);
    }

    /** Whether going back takes the bundle of this id. */
    public boolean names(String bundleId) {
        return deployment != null && bundleId.equals(deployment.bundleId())
                || nodes.stream().anyMatch(node -> bundleId.equals(node.activeBundle()));
    }

    /**
     * One node's project before the update.
     *
     * @param url of the node
     * @param activeBundle null when the project was not there or had no active bundle
     * @param projectPresent whether the project was there
     * @param settings the whole settings document; null when the project was not there
     * @param permissions the whole permissions document
     * @param variables standard and local
     * @param scenarios state and run-as user of each scenario, by id
     * @param webApps run-as user of each web app, by id
     */
    public record NodeState(
            String url,
            String activeBundle,
            boolean projectPresent,
            JsonNode settings,
            JsonNode permissions,
            JsonNode variables,
            Map<String, ScenarioState> scenarios,
            Map<String, WebAppState> webApps) {

        public NodeState {
            scenarios = Text.map(scenarios);
            webApps = Text.map(webApps);
        }

        /** Which scenarios had their triggers on. */
        public Map<String, Boolean> scenarioStates() {
            return scenarios.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, scenario -> scenario.getValue().active()));
        }
    }

    /** A scenario's triggers and run-as user; null: its last editor. */
    public record ScenarioState(boolean active, String runAsUser) {}

    /** A web app's run-as user; null: its last editor. */
    public record WebAppState(String runAsUser) {}
}
