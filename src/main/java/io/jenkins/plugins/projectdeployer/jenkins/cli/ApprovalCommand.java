package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.AbortException;
import hudson.cli.CLICommand;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.gate.Approvals;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Refused;

/** A command about what waits at gates, by whoever runs it. What is refused ends it with code 5 and the reason. */
abstract class ApprovalCommand extends CLICommand {

    @Override
    protected final int run() throws AbortException {
        try {
            run(Engine.get().approvals(), Visitor.current().person());
            return 0;
        } catch (Refused e) {
            throw new AbortException(e.getMessage());
        }
    }

    abstract void run(Approvals approvals, Person person);

    final void print(String line) {
        stdout.println(line);
    }
}
