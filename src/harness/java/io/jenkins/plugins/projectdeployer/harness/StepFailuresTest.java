package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** Whatever goes wrong, a build log says it in one sentence. */
class StepFailuresTest extends DeployingTest {

    private static final String PUBLISH = "node { publishBundle project: 'CHURN', archive: 'v1.zip' }";

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = Scene.job(jenkins, name, script);
        Path workspace = Files.createDirectories(Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote()));
        Files.writeString(workspace.resolve("broken.zip"), "no zip file at all");
        Files.copy(Scene.bundle(directory, "v1"), workspace.resolve("v1.zip"));
        return job;
    }

    private WorkflowRun failed(String name, String script) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job(name, script).scheduleBuild2(0, Scene.by("alice")));
        jenkins.assertLogContains("ERROR: ", run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogNotContains("Caused by", run);
        return run;
    }

    @Test
    void a_file_that_is_missing_or_no_bundle_is_named() throws Exception {
        jenkins.assertLogContains("There is no file \"v2.zip\" in the workspace.", failed("missing", PUBLISH.replace("v1.zip", "v2.zip")));
        jenkins.assertLogContains("zip", failed("broken", "node { deployProject project: 'CHURN', archive: 'broken.zip', infrastructure: 'dev' }"));
    }

    @Test
    void what_a_node_refuses_is_the_reason() throws Exception {
        Scene.publish(directory, "v1");
        node.faults().on("*", "*preload*").always(new Fault.DataikuError(500, "java.lang.IllegalStateException", "the disk is full"));
        jenkins.assertLogContains("the disk is full", failed("refused", "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev'"));
    }

    @Test
    void a_directory_for_bundles_that_is_gone_is_said() throws Exception {
        FileUtils.deleteDirectory(home("project-deployer/bundles").toFile());
        jenkins.assertLogContains("The bundle was not kept: the controller's directory for bundles cannot be written (it is gone)", failed("gone", PUBLISH));
    }

    /** The journal is closed under an engine that is open for Jenkins. */
    @Test
    void what_nobody_foresaw_is_told_in_jenkins_own_log() throws Exception {
        Engine.get().close();
        try (LogRecorder log = recorder()) {
            jenkins.assertLogContains("An administrator finds the reason in Jenkins' system log.", failed("unforeseen", PUBLISH));
            assertThat(log.getRecords()).singleElement().satisfies(record -> {
                assertThat(record.getThrown()).isNotNull();
                assertThat(record.getMessage()).contains("unforeseen#1");
            });
        }
    }

    @Test
    void a_fingerprint_that_cannot_be_noted_fails_no_step() throws Exception {
        Path aside = home("fingerprints-aside");
        Path fingerprints = Files.createDirectories(home("fingerprints"));
        Files.move(fingerprints, aside);
        Files.writeString(fingerprints, "no directory");
        try (LogRecorder log = recorder()) {
            jenkins.assertBuildStatusSuccess(job("noted", PUBLISH).scheduleBuild2(0, Scene.by("alice")));
            assertThat(log.getMessages()).containsExactly("The fingerprint of v1.zip could not be noted");
        } finally {
            Files.delete(fingerprints);
            Files.move(aside, fingerprints);
        }
        assertThat(Engine.get().records().bundle("CHURN", "v1")).isPresent();
    }

    private Path home(String below) {
        return jenkins.jenkins.getRootDir().toPath().resolve(below);
    }

    private static LogRecorder recorder() {
        return new LogRecorder().quiet().record("io.jenkins.plugins.projectdeployer.jenkins.step", Level.WARNING).capture(10);
    }
}
