package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.gate.RequestView;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Ids;
import org.kohsuke.args4j.Argument;

/** {@code show-deployment-approval UPDATE}: what would be decided on, and its digest. */
@Extension
public final class ShowDeploymentApprovalCommand extends ApprovalCommand {

    @Argument(metaVar = "UPDATE", required = true, usage = "Number of the update that waits")
    public long update;

    @Override
    public String getShortDescription() {
        return Messages.ShowDeploymentApprovalCommand_description();
    }

    @Override
    void run(Approvals approvals, Person person) {
        RequestView seen = approvals.request(person, update);
        ApprovalRequest request = seen.request();
        print("update:     " + request.update() + ", revision " + request.revision());
        print("target:     " + Ids.printable(request.deploymentId()) + " on " + request.infrastructure() + " (" + Ids.printable(request.stage()) + ")");
        print("bundle:     " + Ids.printable(request.project()) + " " + Ids.printable(request.bundle()) + ", SHA-256 " + seen.plan().bundleSha256());
        print("asked by:   " + String.join(", ", request.requestedBy().stream().map(Ids::printable).toList()) + " at " + request.requestedAt());
        print("approvals:  " + seen.tally());
        request.votes().forEach(vote -> print("            " + (vote.approves() ? "approved" : "rejected") + " by "
                + Ids.printable(vote.userId()) + (vote.reason() == null ? "" : ": " + Ids.printable(vote.reason(), ShownPlan.LONGEST))));
        if (seen.freeze() != null) {
            print("freeze:     " + Ids.printable(seen.freeze().name()) + " until " + seen.freeze().end());
        }
        ShownPlan.lines(seen.differences(), seen.hooks(), seen.plan()).forEach(this::print);
        print("way back:   " + seen.wayBack());
        print("digest:     " + seen.digest());
        print(seen.objection() == null
                ? Messages.ShowDeploymentApprovalCommand_may()
                : Messages.ShowDeploymentApprovalCommand_mayNot(Ids.printable(person.id()), seen.objection()));
    }
}
