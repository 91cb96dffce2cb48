package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.BrokenGlass;
import io.jenkins.plugins.projectdeployer.model.Moment;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Span;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code break-glass PROJECT INFRASTRUCTURE --length 1h --reason REASON}. */
@Extension
public final class BreakGlassCommand extends DeployerCommand {

    @Argument(metaVar = "PROJECT", required = true, usage = "Published project's key")
    public String project;

    @Argument(metaVar = "INFRASTRUCTURE", index = 1, required = true, usage = "Id of the infrastructure whose gate opens")
    public String infrastructure;

    @Option(name = "--length", required = true, usage = "How long the gate stays open, such as 30m or 2h")
    public String length;

    @Option(name = "--reason", required = true, usage = "Which emergency it is")
    public String reason;

    @Override
    public String getShortDescription() {
        return Messages.BreakGlassCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) {
        BrokenGlass glass = deployer.emergencies().breakGlass(person.id(), project, infrastructure, span().duration(), reason);
        print(Messages.BreakGlassCommand_open(Moment.words(glass.until())));
        return 0;
    }

    private Span span() {
        try {
            return Span.of(length);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("--length " + e.getMessage() + ".");
        }
    }
}
