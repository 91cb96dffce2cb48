package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.Amount;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Vote;
import org.kohsuke.args4j.Option;

/** {@code list-deployment-approvals}: one line for each request, the oldest first. */
@Extension
public final class ListDeploymentApprovalsCommand extends ApprovalCommand {

    private static final int PAGE = 200;

    @Option(name = "--all", usage = "Also those that others decide on")
    public boolean all;

    @Override
    public String getShortDescription() {
        return Messages.ListDeploymentApprovalsCommand_description();
    }

    @Override
    void run(Approvals approvals, Person person) {
        Long after = 0L;
        while (after != null) {
            Approvals.Page page = all ? approvals.visibleTo(person, after, PAGE) : approvals.waitingFor(person, after, PAGE);
            page.requests().forEach(request -> print(line(request)));
            after = page.next();
        }
    }

    private static String line(ApprovalRequest request) {
        return request.update() + "  " + Ids.printable(request.project()) + " " + Ids.printable(request.bundle()) + " -> "
                + request.infrastructure() + " (" + Ids.printable(request.stage()) + ")  asked by "
                + String.join(", ", request.requestedBy().stream().map(Ids::printable).toList()) + "  "
                + request.votes().stream().filter(Vote::approves).count() + " of " + Amount.of(request.needed(), "approval")
                + (request.state() == ApprovalRequest.State.FOLLOW_UP ? ", owed until " + Moment.words(request.followUpBy()) : "");
    }
}
