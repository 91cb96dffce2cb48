package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Jenkins as a process of its own, killed with -9. */
class KilledControllerTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().javaOptions("-Xmx640m", "-XX:TieredStopAtLevel=1");

    private final EmbeddedNode node = Scene.node();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        node.faults().clear();
        node.close();
    }

    @Test
    void what_a_killed_controller_left_behind_goes_on_once_and_its_build_ends_with_it() throws Throwable {
        String url = node.url();
        String bundles = directory.toString();
        node.faults().on("*", "*preload*").once(new Fault.Hang());
        controller.startJenkins();
        controller.runRemotely(KilledControllerTest::begin, url, bundles);
        await().atMost(Duration.ofMinutes(2)).until(() -> node.calls().stream().anyMatch(call -> call.path().contains("preload")));
        controller.stopJenkinsForcibly();
        node.faults().release();
        HeldArchive.replace(controller.getHome().toPath().resolve("workspace/travels/v2.zip"), Scene.bundle(directory, "v2"));

        controller.startJenkins();
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

        HeldArchive held = HeldArchive.at(jenkins.jenkins.getRootDir().toPath().resolve("workspace/travels/v2.zip"));
        Scene.job(jenkins, "travels", "node { publishBundle project: 'CHURN', archive: 'v2.zip' }").scheduleBuild2(0, Scene.by("alice")).waitForStart();
        held.awaitReader();
    }

    private static void end(JenkinsRule jenkins) throws Exception {
        WorkflowRun published = jenkins.jenkins.getItemByFullName("travels", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(published));
        jenkins.assertLogContains("Published bundle v2 of project CHURN", published);
        WorkflowRun run = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("CHURN-on-dev has bundle v1", run);
        assertThat(Scene.history("CHURN-on-dev")).as("the key was taken once").hasSize(1);
    }
}
