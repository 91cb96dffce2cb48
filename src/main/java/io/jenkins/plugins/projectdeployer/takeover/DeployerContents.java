package io.jenkins.plugins.projectdeployer.takeover;

import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.Stage;
import java.util.List;

/**
 * What another deployer has, in our terms.
 *
 * @param infrastructures their nodes name credentials that do not exist yet
 * @param projects a rule for each published project, with its rights
 * @param left what could not be carried over, for people
 */
public record DeployerContents(
        List<Stage> stages,
        List<Infrastructure> infrastructures,
        List<ProjectRule> projects,
        List<ForeignDeployment> deployments,
        List<String> left) {

    public DeployerContents {
        stages = List.copyOf(stages);
        infrastructures = List.copyOf(infrastructures);
        projects = List.copyOf(projects);
        deployments = List.copyOf(deployments);
        left = List.copyOf(left);
    }
}
