package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.node.InParallel;
import io.jenkins.plugins.projectdeployer.node.RunAs;
import io.jenkins.plugins.projectdeployer.node.Scenarios;
import io.jenkins.plugins.projectdeployer.node.WebApps;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first time: owner and permissions. Always: variables, triggers, and for every scenario and web app the run-as user;
 * what is right already is not written again. A scenario is switched on in the same write that sets whom it runs as.
 */
final class Secure implements EachNode.Work {

    @Override
    public void on(TargetProject project, UpdateRun run) throws NodeException {
        Plan plan = run.plan();
        if (plan.restore() != null) {
            Restore.afterActivation(project, project.before(plan.restore()));
            return;
        }
        // A node that has joined the infrastructure since then gets the project, and its permissions, now.
        if (project.securesAnew()) {
            project.changePermissions(permissions -> Documents.permit(permissions, plan.permissions()));
        }
        DeploymentSettings settings = plan.deployment().settings();
        if (settings.variables() != null) {
            project.changeVariables(variables -> Documents.localVariables(variables, settings.variables()));
        }
        project.changeSettings(document -> Documents.disableTriggers(document, settings.disableAutomaticTriggers()));
        int changed = scenarios(project, run) + webApps(project, WebAppUsers.of(plan, project.before(run.update().wayBack())));
        run.progress("secure: " + changed + " scenarios and web apps had to be changed on " + project.node());
    }

    private static int scenarios(TargetProject project, UpdateRun run) throws NodeException {
        String runAsUser = run.plan().users().scenariosRunAsUser();
        ScenarioStates states = ScenarioStates.of(run.plan(), project.before(run.update().wayBack()));
        List<Scenarios.Summary> toLookAt = new ArrayList<>();
        for (Scenarios.Summary scenario : project.asAdmin().scenarios().list()) {
            if (runAsUser != null || scenario.active() || states.wanted(scenario.id())) {
                toLookAt.add(scenario);
            }
            if (states.isNew(scenario.id())) {
                run.say(Message.info("SCENARIO_OFF", "Scenario " + scenario.id() + " is new and off; name it in scenarios to"
                        + " switch it on.").onNode(project.node()));
            }
        }
        Set<String> distrusted = ConcurrentHashMap.newKeySet();
        int changed = count(InParallel.map(toLookAt, scenario -> project.changeScenario(scenario.id(), definition -> {
            if (runAsUser != null) {
                RunAs.set(definition, runAsUser);
            }
            boolean trusted = states.trusts(scenario.id(), RunAs.configured(definition).orElse(null));
            definition.put("active", states.wanted(scenario.id()) && trusted);
            if (states.wanted(scenario.id()) && !trusted) {
                distrusted.add(scenario.id());
            }
        })));
        distrusted.stream().sorted().forEach(id -> run.say(Message.warning("SCENARIO_DISTRUSTED", "Scenario " + Ids.printable(id)
                + " is off, since the bundle says whom it runs as; set scenariosRunAsUser of the infrastructure, or switch it on on"
                + " the node.").onNode(project.node())));
        return changed;
    }

    private static int webApps(TargetProject project, WebAppUsers users) throws NodeException {
        List<String> ids = project.asAdmin().webApps().list().stream().map(WebApps.Summary::id).toList();
        return count(InParallel.map(ids, id -> project.changeWebApp(id, said -> users.wanted(id, said))));
    }

    private static int count(List<Boolean> changed) {
        return (int) changed.stream().filter(written -> written).count();
    }
}
