package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;

/** {@code reject-deployment UPDATE --digest DIGEST --reason REASON}. */
@Extension
public final class RejectDeploymentCommand extends DecisionCommand {

    @Override
    public String getShortDescription() {
        return Messages.RejectDeploymentCommand_description();
    }

    @Override
    ApprovalRequest decide(Approvals approvals, String userId, Approvals.Seen saw) {
        return approvals.reject(userId, update, reason, saw);
    }
}
