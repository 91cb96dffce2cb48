package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code override-freeze UPDATE --reason REASON}. */
@Extension
public final class OverrideFreezeCommand extends DeployerCommand {

    @Argument(metaVar = "UPDATE", required = true, usage = "Number of the update that waits")
    public long update;

    @Option(name = "--reason", required = true, usage = "Why it cannot wait")
    public String reason;

    @Override
    public String getShortDescription() {
        return Messages.OverrideFreezeCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) {
        deployer.emergencies().overrideFreeze(person.id(), update, reason);
        print(Messages.OverrideFreezeCommand_overridden(String.valueOf(update)));
        return 0;
    }
}
