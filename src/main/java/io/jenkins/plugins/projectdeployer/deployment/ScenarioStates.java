package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which scenarios have their triggers on after an update, and which of them may be on while run-as users are still to be
 * set. The deployment's own choice wins; else a scenario keeps the state that it had on the node; one that is new stays
 * off (facts A2.19).
 *
 * @param own the deployment's choice, by scenario
 * @param before what was on the node
 * @param runAsUser of the policy; null when there is none
 * @param deployingUser login that changes the project
 */
record ScenarioStates(
        Map<String, Boolean> own, Map<String, WayBack.ScenarioState> before, String runAsUser, String deployingUser) {

    static ScenarioStates of(Plan plan, WayBack.NodeState before) {
        if (plan.restore() != null) {
            WayBack.NodeState restored = plan.restore().nodes().stream()
                    .filter(state -> state.url().equals(before.url()))
                    .findFirst()
                    .orElse(before);
            return new ScenarioStates(restored.scenarioStates(), restored.scenarios(), null, plan.users().deployingUser());
        }
        return new ScenarioStates(plan.deployment().settings().scenarios(), before.scenarios(),
                plan.users().scenariosRunAsUser(), plan.users().deployingUser());
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
     * Whether this scenario may be on while it runs as this user. What arrives in a bundle is believed only where it is
     * what the policy says; without a policy, only where it is the deploying user, or whom the scenario has run as on the
     * node with its triggers on (facts A4.14).
     */
    boolean trusts(String scenarioId, String runAs) {
        if (runAsUser != null) {
            return runAsUser.equals(runAs);
        }
        WayBack.ScenarioState state = before.get(scenarioId);
        return runAs == null || runAs.equals(deployingUser) || state != null && state.active() && runAs.equals(state.runAsUser());
    }

    /**
     * What activation switches on: nothing that would run as somebody else until its run-as user is set. And nothing at all
     * where something in the bundle could not be read, since that may say whom a scenario runs as; nor where triggers are to
     * be disabled, since activation brings the bundle's own word on that (facts A2.20).
     */
    Map<String, Boolean> atActivation(BundleContents contents, boolean disableAutomaticTriggers) {
        boolean none = disableAutomaticTriggers || !contents.notes().isEmpty();
        Map<String, Boolean> states = new LinkedHashMap<>();
        if (none) {
            // A bundle that could not be read may bring any of those that were on, without naming one.
            before.keySet().forEach(id -> states.put(id, false));
        }
        for (BundleContents.Scenario scenario : contents.scenarios()) {
            states.put(scenario.id(), !none && wanted(scenario.id()) && trusts(scenario.id(), scenario.runAsUser()));
        }
        return states;
    }
}
