package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

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
        if (plan.permissions() != null && (plan.firstDeployment() || !project.wasPresent(plan))) {
            project.changePermissions(permissions -> Documents.permit(permissions, plan.permissions()));
        }
        DeploymentSettings settings = plan.deployment().settings();
        if (settings.variables() != null) {
            project.changeVariables(variables -> Documents.localVariables(variables, settings.variables()));
        }
        project.changeSettings(document -> Documents.disableTriggers(document, settings.disableAutomaticTriggers()));
        runAs(project, run, ScenarioStates.of(plan, project.before(run.update().wayBack())));
    }

    private static void runAs(TargetProject project, UpdateRun run, ScenarioStates states) throws NodeException {
        Plan.Users users = run.plan().users();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (TargetProject.ScenarioLine scenario : project.scenarios()) {
            boolean wanted = states.wanted(scenario.id());
            if (users.scenariosRunAsUser() != null || scenario.active() != wanted) {
                calls.add(() -> project.changeScenario(scenario.id(), users.scenariosRunAsUser(), wanted));
            }
            if (!wanted && states.isNew(scenario.id())) {
                run.say(Message.info("SCENARIO_OFF", "Scenario " + scenario.id() + " is new and off; name it in scenarios to"
                        + " switch it on.").onNode(project.node()));
            }
        }
        if (users.webAppsRunAsUser() != null) {
            for (String webApp : project.webApps()) {
                calls.add(() -> project.changeWebApp(webApp, users.webAppsRunAsUser()));
            }
        }
        long changed = InParallel.calls(calls).stream().filter(done -> done).count();
        run.progress("secure: " + changed + " of " + calls.size() + " scenarios and web apps on " + project.node()
                + " had to be changed");
    }
}
