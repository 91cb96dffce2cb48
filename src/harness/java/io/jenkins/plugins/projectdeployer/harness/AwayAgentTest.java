package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** An agent that is cut off while an archive travels from it. */
class AwayAgentTest extends DeployingTest {

    private static final String PATIENCE = "io.jenkins.plugins.projectdeployer.agentPatienceSeconds";

    private DumbSlave agent;
    private WorkflowRun run;
    private Path archive;

    /** Each test has a name of its own for it: builds of one that was deleted are ended some time later, by its name. */
    @BeforeEach
    void connect(TestInfo test) throws Exception {
        agent = jenkins.createSlave(test.getTestMethod().orElseThrow().getName(), null, null);
        jenkins.waitOnline(agent);
    }

    @AfterEach
    void forget() {
        System.clearProperty(PATIENCE);
    }

    private void cutOff(String step) throws Exception {
        WorkflowJob job = Scene.job(jenkins, "travels", "node('" + agent.getNodeName() + "') { " + step + " }");
        archive = Path.of(agent.getWorkspaceFor(job).getRemote(), "v1.zip");
        cutOffAfter(() -> run = job.scheduleBuild2(0, Scene.by("alice")).waitForStart());
    }

    /** @param begun after which the archive is read */
    private void cutOffAfter(Callable<?> begun) throws Exception {
        try (HeldArchive held = HeldArchive.at(archive)) {
            begun.call();
            held.awaitReader();
            jenkins.disconnectSlave(agent);
        }
    }

    @Test
    void it_is_awaited_and_what_was_cut_off_is_read_anew() throws Exception {
        cutOff("deployProject project: 'CHURN', archive: 'v1.zip', infrastructure: 'dev'");
        jenkins.waitForMessage("The agent with the workspace is not connected. The archive is read once it is back, which is awaited for 15 min.", run);
        HeldArchive.replace(archive, Scene.bundle(directory, "v1"));
        agent.toComputer().connect(true);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void it_is_not_awaited_for_ever() throws Exception {
        System.setProperty(PATIENCE, "2");
        cutOff("publishBundle project: 'CHURN', archive: 'v1.zip'");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ERROR: The agent with the workspace has not come back within 2 s, so the archive could not be read.", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(Engine.get().records().projects()).isEmpty();
    }

    @Test
    void one_that_is_cut_off_each_time_is_given_up() throws Exception {
        System.setProperty(PATIENCE, "60");
        cutOff("publishBundle project: 'CHURN', archive: 'v1.zip'");
        cutOffAfter(() -> agent.toComputer().connect(true).get());
        cutOffAfter(() -> agent.toComputer().connect(true).get());

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ERROR: The agent with the workspace was cut off 3 times while the archive was read from it. "
                + "Find out what ends its connection, then run the build again.", run);
    }
}
