package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which scenarios have their triggers on after an update, and which of them may be on while run-as users are still to be
 * set. The deployment's own choice wins; else a scenario keeps the state that it had on the node; one that is new stays
 * off (facts A2.19).
 */
record ScenarioStates(Map<String, Boolean> own, Map<String, WayBack.ScenarioState> before, String runAsUser) {

    static ScenarioStates of(Plan plan, WayBack.NodeState before) {
        if (plan.restore() != null) {
            WayBack.NodeState restored = plan.restore().nodes().stream()
                    .filter(state -> state.url().equals(before.url()))
                    .findFirst()
                    .orElse(before);
            return new ScenarioStates(restored.scenarioStates(), Map.of(), null);
        }
        return new ScenarioStates(plan.deployment().settings().scenarios(), before.scenarios(), plan.users().scenariosRunAsUser());
    }

    /** Whether this scenario's triggers are to be on in the end. */
    boolean wanted(String scenarioId) {
        Boolean chosen = own.get(scenarioId);
        if (chosen != null) {
            return chosen;
        }
        WayBack.ScenarioState state = before.get(scenarioId);
        return state != null && state.active();
    }

    /** Whether neither the deployment nor the node has known it. */
    boolean isNew(String scenarioId) {
        return !own.containsKey(scenarioId) && !before.containsKey(scenarioId);
    }

    /**
     * What activation switches on: nothing that would run as somebody else until its run-as user is set. What arrives in
     * a bundle is believed only where it is already what the policy says.
     */
    Map<String, Boolean> atActivation(BundleContents contents) {
        Map<String, Boolean> states = new LinkedHashMap<>();
        for (BundleContents.Scenario scenario : contents.scenarios()) {
            boolean safe = runAsUser == null || Objects.equals(runAsUser, scenario.runAsUser());
            states.put(scenario.id(), safe && wanted(scenario.id()));
        }
        return states;
    }
}
