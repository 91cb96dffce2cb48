package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.ApprovedHooks;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import org.kohsuke.args4j.Option;

/**
 * {@code list-hook-hashes}: what Jenkins' script approval calls the hooks of the configuration, as items of the YAML list
 * that approves them as code. Of those infrastructures that the caller administers, since hooks are seen by nobody else.
 */
@Extension
public final class ListHookHashesCommand extends DeployerCommand {

    @Option(name = "--infrastructure", metaVar = "ID", usage = "Only the hooks of this infrastructure")
    public String infrastructure;

    @Override
    public String getShortDescription() {
        return Messages.ListHookHashesCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) {
        Configuration configuration = ProjectDeployerConfiguration.get().configuration();
        for (Infrastructure each : administered(configuration)) {
            for (Hook hook : each.hooks()) {
                ApprovedHooks.Listed listed = ApprovedHooks.listed(each.id(), hook, configuration.codeEnvs());
                print("- \"" + listed.hash() + "\"  # " + each.id() + ", hook " + Ids.printable(hook.name()) + ", "
                        + hook.phase() + (listed.approved() ? ", approved" : ", not approved"));
            }
        }
        return 0;
    }

    private List<Infrastructure> administered(Configuration configuration) {
        Visitor visitor = Visitor.current();
        if (infrastructure == null) {
            return visitor.infrastructures(configuration, InfrastructureRight.ADMIN);
        }
        return List.of(visitor.infrastructure(configuration, infrastructure, InfrastructureRight.ADMIN)
                .orElseThrow(() -> Refused.notFound("infrastructure", infrastructure)));
    }
}
