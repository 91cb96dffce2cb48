package io.jenkins.plugins.projectdeployer.jenkins.cli;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code deploy-project PROJECT INFRASTRUCTURE --bundle v12}: what the step {@code deployProject} does, for whoever runs it.
 * The update belongs to the controller: it goes on when the caller is gone.
 */
@Extension
public final class DeployProjectCommand extends DeployerCommand {

    private static final int ROLLED_BACK = 17;
    private static final int ABORTED = 18;

    @Argument(metaVar = "PROJECT", required = true, usage = "Published project's key")
    public String project;

    @Argument(metaVar = "INFRASTRUCTURE", index = 1, required = true, usage = "Id of the infrastructure to deploy to")
    public String infrastructure;

    @Option(name = "--bundle", metaVar = "ID", usage = "Bundle to deploy; else the one that the deployment has")
    public String bundle;

    @Option(name = "--design-node", metaVar = "ID", usage = "Design node that the bundle is exported on first")
    public String designNode;

    @Option(name = "--release-notes", metaVar = "TEXT", usage = "What is new in a bundle that is exported")
    public String releaseNotes;

    @Option(name = "--deployment-id", metaVar = "ID", usage = "Deployment to update or make; else PROJECT-on-INFRASTRUCTURE")
    public String deploymentId;

    @Option(name = "--test-scenario", metaVar = "ID", usage = "Scenario to run after activation, whose failure fails the update; may be given several times; else those of the deployment's settings")
    public List<String> testScenarios = new ArrayList<>();

    @Option(name = "--on-failure", usage = "When activation or anything after it fails: stop or rollback; else what the deployment's settings say")
    public OnFailure onFailure;

    @Option(name = "--dry-run", usage = "Stop after the plan")
    public boolean dryRun;

    @Option(name = "--queue", usage = "Wait behind another update of the deployment instead of being refused")
    public boolean queue;

    @Option(name = "--adopt", usage = "Take over a project that is on the node and that no deployment claims")
    public boolean adopt;

    @Option(name = "--ignore-warnings", usage = "End as SUCCESS where the plan has warned")
    public boolean ignoreWarnings;

    @Option(name = "--no-follow", usage = "Do not wait for the update's end: only say its number")
    public boolean noFollow;

    @Override
    public String getShortDescription() {
        return Messages.DeployProjectCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) throws IOException {
        Update update = deployer.steering().submit(request(person));
        if (noFollow) {
            print("update " + update.number());
            return 0;
        }
        UpdateLines lines = new UpdateLines();
        try {
            deployer.follow(update.request().key(), lines);
            return code(lines.printTo(stdout).orElseThrow(() -> noLonger(update)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noLonger(update);
        } finally {
            deployer.unfollow(update.request().key(), lines);
        }
    }

    private static AbortException noLonger(Update update) {
        return new AbortException(Messages.DeployProjectCommand_noLonger(String.valueOf(update.number())));
    }

    private DeployRequest request(Person person) {
        return DeployRequest.of(UUID.randomUUID().toString(), person.id(), project, infrastructure)
                .bundle(bundle)
                .designNode(designNode)
                .releaseNotes(releaseNotes)
                .deploymentId(deploymentId)
                .testScenarios(testScenarios.isEmpty() ? null : testScenarios)
                .onFailure(onFailure)
                .dryRun(dryRun)
                .queue(queue)
                .adopt(adopt)
                .ignoreWarnings(ignoreWarnings)
                .build();
    }

    private static int code(Update ended) {
        return switch (ended.status()) {
            case SUCCESS, WARNING, PLANNED -> 0;
            case ROLLED_BACK -> ROLLED_BACK;
            case ABORTED -> ABORTED;
            default -> FAILED;
        };
    }
}
