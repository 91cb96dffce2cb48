package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.slaves.DumbSlave;
import hudson.slaves.JNLPLauncher;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Jenkins as a process of its own, killed with -9. */
class KilledControllerTest {

    private static final long HEAP = 448L << 20;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().javaOptions("-Xmx" + HEAP, "-XX:TieredStopAtLevel=1",
            "-Dorg.jenkinsci.plugins.workflow.support.pickles.ExecutorPickle.timeoutForNodeMillis=120000");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private final EmbeddedNode node = Scene.node();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        node.faults().clear();
        node.close();
    }

    /** And an archive that is larger than the controller's heap is read anew from an agent that is back late. */
    @Test
    void what_a_killed_controller_left_behind_goes_on_once_and_its_build_ends_with_it() throws Throwable {
        Path archive = directory.resolve("agent/workspace/travels/v2.zip");
        InboundAgentExtension.Options late = InboundAgentExtension.Options.newBuilder().name("late").webSocket().build();
        String url = node.url();
        String bundles = directory.toString();
        node.faults().on("*", "*preload*").once(new Fault.Hang());
        controller.startJenkins();
        controller.runRemotely(KilledControllerTest::begin, url, bundles);
        agents.start(controller, late);
        controller.runRemotely(KilledControllerTest::travel, archive.toString());
        await().atMost(Duration.ofMinutes(2)).until(() -> node.calls().stream().anyMatch(call -> call.path().contains("preload")));
        controller.stopJenkinsForcibly();
        agents.stop("late");
        node.faults().release();
        Files.delete(archive);
        BundleZip.of("CHURN", "v2").filler(HEAP).writeTo(archive);

        controller.startJenkins();
        controller.runRemotely(KilledControllerTest::waitsForItsAgent);
        agents.start(controller, late);
        controller.runRemotely(KilledControllerTest::end);
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(node.calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
    }

    private static void begin(JenkinsRule jenkins, String url, String bundles) throws Exception {
        Scene.lastingPeople(jenkins);
        Scene.configure(url, "user: alice");
        Scene.publish(Path.of(bundles), "v1");
        WorkflowJob job = Scene.job(jenkins, "deploy", "def r = deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev'\necho r.toString()");
        jenkins.waitForMessage("send: ", job.scheduleBuild2(0, Scene.by("alice")).waitForStart());

        DumbSlave late = new DumbSlave("late", Path.of(bundles, "agent").toString(), new JNLPLauncher());
        late.setRetentionStrategy(RetentionStrategy.NOOP);
        jenkins.jenkins.addNode(late);
    }

    private static void travel(JenkinsRule jenkins, String archive) throws Exception {
        HeldArchive held = HeldArchive.at(Path.of(archive));
        Scene.job(jenkins, "travels", "node('late') { publishBundle project: 'CHURN', archive: 'v2.zip' }").scheduleBuild2(0, Scene.by("alice")).waitForStart();
        held.awaitReader();
    }

    private static void waitsForItsAgent(JenkinsRule jenkins) throws Exception {
        jenkins.waitForMessage("Waiting for reconnection of late", run(jenkins, "travels"));
    }

    private static WorkflowRun run(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void end(JenkinsRule jenkins) throws Exception {
        WorkflowRun published = run(jenkins, "travels");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(published));
        jenkins.assertLogContains("Published bundle v2 of project CHURN", published);
        WorkflowRun run = run(jenkins, "deploy");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("CHURN-on-dev has bundle v1", run);
        assertThat(Scene.history("CHURN-on-dev")).as("the key was taken once").hasSize(1);
    }
}
