package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Ids;
import java.io.IOException;
import org.kohsuke.args4j.Option;

/** {@code publish-bundle < churn-v12.zip}: the archive goes from the caller's standard input straight onto the disk. */
@Extension
public final class PublishBundleCommand extends DeployerCommand {

    private static final String ORIGIN = "the command line";

    @Option(name = "--project", metaVar = "KEY", usage = "Published project that the bundle must be of; else the one that it says")
    public String project;

    @Option(name = "--bundle", metaVar = "ID", usage = "Id that the bundle must have; else the one that it says")
    public String bundle;

    @Option(name = "--release-notes", metaVar = "TEXT", usage = "What is new in it")
    public String releaseNotes;

    @Override
    public String getShortDescription() {
        return Messages.PublishBundleCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) throws IOException {
        Bundle published = deployer.publish(person.id(), project, bundle, stdin, ORIGIN, releaseNotes);
        print("published " + Ids.printable(published.projectKey()) + " " + Ids.printable(published.bundleId()) + ", " + published.size()
                + " bytes, SHA-256 " + published.sha256());
        return 0;
    }
}
