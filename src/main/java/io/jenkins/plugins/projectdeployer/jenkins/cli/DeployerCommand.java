package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.AbortException;
import hudson.cli.CLICommand;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.IOException;

/** A command with the rights of whoever runs it. What is refused ends it with code 5 and the reason. */
abstract class DeployerCommand extends CLICommand {

    /** The first code that Jenkins leaves to commands themselves: what was asked for was tried, and did not come to be. */
    static final int FAILED = 16;

    @Override
    protected final int run() throws IOException {
        try {
            return run(Engine.get(), Visitor.current().person());
        } catch (Refused e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** @return the command's exit code */
    abstract int run(ProjectDeployer deployer, Person person) throws IOException;

    final void print(String line) {
        stdout.println(line);
    }
}
