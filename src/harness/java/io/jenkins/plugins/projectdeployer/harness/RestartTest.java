package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.projectdeployer.deployment.Barrier;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@ExtendWith(OneJenkins.Ends.class)
@Tag("smoke")
class RestartTest {

    private static final String SAID = "Scenario TRAIN is new and off";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final EmbeddedNode node = Scene.node();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        node.faults().clear();
        node.close();
    }

    @Test
    void an_update_under_way_and_one_behind_it_go_on_after_a_restart_each_once() throws Throwable {
        sessions.then(jenkins -> {
            Scene.people(jenkins);
            Scene.configure(node.url());
            publish(jenkins);
            ExtensionList.lookup(Barrier.class).add(0, place -> {
                if (place.equals("before VERIFY")) {
                    node.faults().on("*", "*").always(new Fault.Hang());
                }
            });
            WorkflowRun first = start(jenkins, "first", "");
            jenkins.waitForMessage(SAID, first);
            WorkflowRun second = start(jenkins, "second", ", queue: true");
            jenkins.waitForMessage("waits behind update 1 by alice", second);
            jenkins.waitForMessage("Update 2 waits in line", second);
        });
        node.faults().clear();
        forget(sessions.getHome().toPath().resolve("jobs/first/builds/1/log"));
        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "first")));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "second")));
            assertThat(JenkinsRule.getLog(run(jenkins, "second"))).as("what was printed is not printed again")
                    .containsOnlyOnce("waits in line");
            assertThat(JenkinsRule.getLog(run(jenkins, "first"))).as("what is on record and was not printed").containsOnlyOnce(SAID);
            assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(Scene.history("CHURN-on-dev")).as("each key was taken once").hasSize(2);
        });
    }

    /** The channel to the agent ends as Jenkins stops, and when Jenkins is there again, the agent is not yet. */
    @Test
    void an_archive_that_travels_when_jenkins_stops_is_read_anew_when_its_agent_is_back() throws Throwable {
        Path archive = sessions.getHome().toPath().resolve("late/workspace/travels/v1.zip");
        Path hold = directory.resolve("hold");
        sessions.then(jenkins -> {
            Scene.people(jenkins);
            Scene.configure(node.url());
            String agent = ((SimpleCommandLauncher) jenkins.createComputerLauncher(null)).cmd;
            DumbSlave late = new DumbSlave("late", archive.getParent().getParent().getParent().toString(), new SimpleCommandLauncher(
                    "sh -c 'while [ -e " + hold + " ]; do sleep 0.2; done; exec " + agent + "'"));
            late.setRetentionStrategy(RetentionStrategy.NOOP);
            jenkins.jenkins.addNode(late);
            jenkins.waitOnline(late);
            WorkflowJob job = Scene.job(jenkins, "travels", "node('late') { deployProject project: 'CHURN', archive: 'v1.zip', infrastructure: 'dev' }");
            HeldArchive held = HeldArchive.at(archive);
            job.scheduleBuild2(0, Scene.by("alice")).waitForStart();
            held.awaitReader();
            Files.createFile(hold);
        });
        HeldArchive.replace(archive, Scene.bundle(directory, "v1"));
        sessions.then(jenkins -> {
            jenkins.waitForMessage("The agent with the workspace is not connected.", run(jenkins, "travels"));
            Files.delete(hold);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "travels")));
            assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(Scene.history("CHURN-on-dev")).hasSize(1);
        });
    }

    /** As if Jenkins had been killed after the line was recorded and before it was printed. */
    private static void forget(Path log) throws IOException {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(SAID);
        Files.writeString(log, text.replace(SAID, "-".repeat(SAID.length())), StandardCharsets.ISO_8859_1);
    }

    private void publish(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = Scene.job(jenkins, "publish", "node { publishBundle project: 'CHURN', archive: 'v1.zip' }");
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        workspace.mkdirs();
        new FilePath(Scene.bundle(directory, "v1").toFile()).copyTo(workspace.child("v1.zip"));
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
    }

    private static WorkflowRun start(JenkinsRule jenkins, String name, String more) throws Exception {
        return Scene.job(jenkins, name, "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev'" + more)
                .scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice")))
                .waitForStart();
    }

    private static WorkflowRun run(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
    }
}
