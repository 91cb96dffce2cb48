package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import java.util.List;
import java.util.Set;

/**
 * What a plan is made from, besides what the nodes say.
 *
 * @param request what was asked for
 * @param requesters everybody who asked, the requesting user first
 * @param wanted the deployment as it is to be
 * @param past what its earlier updates did
 * @param sentTo nodes on which the bundle has arrived from here
 * @param bundle the one to deploy
 * @param configuration as it is now; holds the infrastructure
 * @param infrastructure where it goes
 * @param restore for a roll back: what to bring back; else null
 */
record PlanInput(
        DeployRequest request,
        List<Person> requesters,
        Deployment wanted,
        DeploymentPast past,
        Set<String> sentTo,
        Bundle bundle,
        Configuration configuration,
        Infrastructure infrastructure,
        WayBack restore) {

    PlanInput {
        requesters = List.copyOf(requesters);
        sentTo = Set.copyOf(sentTo);
    }

    /** Those of the request, else the deployment's own. What goes back to something that was there is not tested unasked. */
    List<String> testScenarios() {
        return request.testScenarios() != null ? request.testScenarios()
                : restore != null ? List.of() : wanted.settings().testScenarios();
    }

    /** What the request says, else the deployment; going back is not undone unasked. */
    OnFailure onFailure() {
        if (request.onFailure() != null) {
            return request.onFailure();
        }
        return restore == null && wanted.settings().onFailure() != null ? wanted.settings().onFailure() : OnFailure.STOP;
    }
}
