package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.takeover.ForeignDeployment;
import io.jenkins.plugins.projectdeployer.takeover.TakeOver;
import java.io.IOException;
import org.kohsuke.args4j.Option;

/**
 * {@code import-from-dataiku-deployer --url URL --credentials-id ID}: prints configuration as code; with {@code --adopt} it
 * takes the deployments over instead, once that configuration was loaded.
 */
@Extension
public final class ImportFromDataikuDeployerCommand extends DeployerCommand {

    @Option(name = "--url", metaVar = "URL", required = true, usage = "The deployer's address, with protocol and port")
    public String url;

    @Option(name = "--credentials-id", metaVar = "ID", required = true, usage = "Secret text of Jenkins with a global API key of the deployer"
            + " that has admin rights")
    public String credentialsId;

    @Option(name = "--trust-all", usage = "Check no certificate of the deployer")
    public boolean trustAll;

    @Option(name = "--adopt", usage = "Take its deployments over, with their bundles; nodes are read and left as they are")
    public boolean adopt;

    @Override
    public String getShortDescription() {
        return Messages.ImportFromDataikuDeployerCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) throws IOException {
        NodeAddress source = new NodeAddress(url, credentialsId, null, trustAll);
        TakeOver.Reading reading = deployer.takeOver().read(person.id(), source);
        if (!adopt) {
            reading.yaml().lines().forEach(this::print);
            return 0;
        }
        boolean all = true;
        for (ForeignDeployment wanted : reading.contents().deployments()) {
            all &= deployer.takeOver().isHere(wanted) || adopted(deployer, person, source, wanted);
        }
        return all ? 0 : FAILED;
    }

    private boolean adopted(ProjectDeployer deployer, Person person, NodeAddress source, ForeignDeployment wanted) throws IOException {
        try {
            TakeOver.Adopted adopted = deployer.takeOver().adopt(person.id(), source, wanted.sourceId());
            print("adopted " + adopted.deployment().id() + ", bundle " + Ids.printable(adopted.deployment().bundleId()));
            adopted.said().forEach(sentence -> print("  " + sentence));
            return true;
        } catch (Refused e) {
            print("NOT adopted " + wanted.id() + ": " + e.getMessage());
            return false;
        }
    }
}
