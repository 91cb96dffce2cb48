package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.PreApprovals;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code pre-approve-deployment PROJECT BUNDLE INFRASTRUCTURE}: shows the plan and its digest; with {@code --digest} it
 * approves what was shown.
 */
@Extension
public final class PreApproveDeploymentCommand extends DeployerCommand {

    @Argument(metaVar = "PROJECT", required = true, usage = "Published project's key")
    public String project;

    @Argument(metaVar = "BUNDLE", index = 1, required = true, usage = "Id of the bundle")
    public String bundle;

    @Argument(metaVar = "INFRASTRUCTURE", index = 2, required = true, usage = "Id of the infrastructure")
    public String infrastructure;

    @Option(name = "--digest", usage = "Digest of the plan that you have seen, as this command prints it without --digest")
    public String digest;

    @Option(name = "--reason", usage = "Why")
    public String reason;

    @Override
    public String getShortDescription() {
        return Messages.PreApproveDeploymentCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) {
        if (digest == null) {
            show(deployer.preApprovals().preview(person.id(), project, bundle, infrastructure));
        } else {
            PreApproval given = deployer.preApprovals().preApprove(person.id(), project, bundle, infrastructure, reason, digest);
            print(Messages.PreApproveDeploymentCommand_approved(Moment.words(given.until())));
        }
        return 0;
    }

    private void show(PreApprovals.Preview seen) {
        print("bundle:     SHA-256 " + seen.plan().bundleSha256());
        ShownPlan.lines(seen.differences(), seen.hooks(), seen.plan()).forEach(this::print);
        print("way back:   " + seen.wayBack());
        print("digest:     " + seen.digest());
    }
}
