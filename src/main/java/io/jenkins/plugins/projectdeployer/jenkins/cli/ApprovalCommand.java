package io.jenkins.plugins.projectdeployer.jenkins.cli;

import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Approvals;

/** A command about what waits at gates. */
abstract class ApprovalCommand extends DeployerCommand {

    @Override
    final int run(ProjectDeployer deployer, Person person) {
        run(deployer.approvals(), person);
        return 0;
    }

    abstract void run(Approvals approvals, Person person);
}
