package io.jenkins.plugins.projectdeployer.jenkins.cli;

import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.model.Amount;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Vote;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** Says yes or no to what somebody has seen, which they name by its digest. */
abstract class DecisionCommand extends ApprovalCommand {

    @Argument(metaVar = "UPDATE", required = true, usage = "Number of the update that waits")
    public long update;

    @Option(name = "--digest", required = true, usage = "Digest of the plan that you have seen, as show-deployment-approval prints it")
    public String digest;

    @Option(name = "--reason", usage = "Why; must be given to reject")
    public String reason;

    @Override
    final void run(Approvals approvals, Person person) {
        ApprovalRequest after = decide(approvals, person.id(), new Approvals.Seen(null, digest));
        print("Update " + update + ": " + after.votes().stream().filter(Vote::approves).count() + " of " + Amount.of(after.needed(), "approval")
                + (after.rejection().isPresent() ? ", rejected" : ""));
    }

    abstract ApprovalRequest decide(Approvals approvals, String userId, Approvals.Seen saw);
}
