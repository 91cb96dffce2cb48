package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.gate.RequestView;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.GatePass;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.Optional;
import org.kohsuke.args4j.Argument;

/** {@code show-deployment-approval UPDATE}: what would be decided on, and its digest; of one that is over, how it ended. */
@Extension
public final class ShowDeploymentApprovalCommand extends ApprovalCommand {

    @Argument(metaVar = "UPDATE", required = true, usage = "Number of the update that waits, or has waited")
    public long update;

    @Override
    public String getShortDescription() {
        return Messages.ShowDeploymentApprovalCommand_description();
    }

    @Override
    void run(Approvals approvals, Person person) {
        Optional<Update> over = approvals.over(person, update);
        if (over.isPresent()) {
            show(over.get());
        } else {
            decide(approvals, person);
        }
    }

    private void show(Update update) {
        print("update:     " + update.number() + ", " + (update.status().ended()
                ? Messages.ShowDeploymentApprovalCommand_ended(update.status(), Moment.words(update.endedAt()))
                : Messages.ShowDeploymentApprovalCommand_nothing() + (update.phase() == null ? "" : "; phase " + update.phase().label())));
        print("target:     " + Ids.printable(update.request().project()) + " on " + update.request().infrastructure());
        print("bundle:     " + Ids.printable(update.bundleId() == null ? update.request().bundle() : update.bundleId()));
        if (update.gate() != null) {
            update.gate().lines().forEach(line -> print("gate:       " + line));
        }
        update.allMessages().stream().filter(message -> message.severity() == Message.Severity.ERROR)
                .forEach(message -> print("problem:    " + message.text()));
    }

    private void decide(Approvals approvals, Person person) {
        RequestView seen = approvals.request(person, update);
        ApprovalRequest request = seen.request();
        print("update:     " + request.update() + ", revision " + request.revision());
        print("target:     " + Ids.printable(request.deploymentId()) + " on " + request.infrastructure() + " (" + Ids.printable(request.stage()) + ")");
        print("bundle:     " + Ids.printable(request.project()) + " " + Ids.printable(request.bundle()) + ", SHA-256 " + seen.plan().bundleSha256());
        print("asked by:   " + String.join(", ", request.requestedBy().stream().map(Ids::printable).toList()) + " at " + Moment.words(request.requestedAt()));
        print("approvals:  " + seen.tally() + (seen.outOfReach() == null ? "" : "; " + seen.outOfReach()));
        request.votes().forEach(vote -> print("            " + GatePass.line(vote)));
        if (seen.freeze() != null) {
            print("freeze:     " + Ids.printable(seen.freeze().name()) + " until " + Moment.words(seen.freeze().end()));
        }
        ShownPlan.lines(seen.differences(), seen.hooks(), seen.plan()).forEach(this::print);
        print("way back:   " + seen.wayBack());
        print("digest:     " + seen.digest());
        print(seen.objection() == null
                ? Messages.ShowDeploymentApprovalCommand_may()
                : Messages.ShowDeploymentApprovalCommand_mayNot(Ids.printable(person.id()), seen.objection()));
    }
}
