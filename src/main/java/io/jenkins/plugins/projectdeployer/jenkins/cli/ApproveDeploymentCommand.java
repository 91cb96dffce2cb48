package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;

/** {@code approve-deployment UPDATE --digest DIGEST --reason REASON}. */
@Extension
public final class ApproveDeploymentCommand extends DecisionCommand {

    @Override
    public String getShortDescription() {
        return Messages.ApproveDeploymentCommand_description();
    }

    @Override
    ApprovalRequest decide(Approvals approvals, String userId, Approvals.Seen saw) {
        return approvals.approve(userId, update, reason, saw);
    }
}
