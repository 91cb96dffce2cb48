package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.FilePath;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.User;
import hudson.slaves.DumbSlave;
import hudson.tasks.Fingerprinter;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

@Tag("smoke")
class DeployProjectTest extends DeployingTest {

    private static final String DEPLOY = "def r = deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev'\n";

    @Test
    void a_bundle_goes_from_an_agents_workspace_to_the_node() throws Exception {
        WorkflowJob job = onAgent("deployed", "def r = deployProject project: 'CHURN', archive: 'v1.zip', infrastructure: 'dev'\n"
                + "echo \"${r.status} ${r.bundle} ${r.bundleBefore} ${r.deployed} ${r.phases.activate} ${r.messages.size()}\"\n"
                + "echo \"${r.update} ${r.deployment} ${r.url} ${r.approvals}\"");
        WorkflowRun run = jenkins.assertBuildStatusSuccess(build(job, "alice"));
        jenkins.assertLogContains("SUCCESS v1 null true DONE", run);
        jenkins.assertLogContains("1 CHURN-on-dev " + node.url() + "/projects/CHURN/ []", run);
        assertThat(run.getAction(Fingerprinter.FingerprintAction.class).getFingerprints()).containsKey("v1.zip");
        assertThat(JenkinsRule.getLog(run)).as("phase, node, how much and how fast").containsPattern("send: dev-node: [0-9.]+ kB, [0-9.]+ [kM]B/s");
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void a_published_bundle_is_deployed_without_an_agent() throws Exception {
        WorkflowJob publish = onAgent("publish", "publishBundle project: 'CHURN', archive: 'v1.zip'");
        WorkflowRun published = jenkins.assertBuildStatusSuccess(build(publish, "alice"));
        assertThat(published.getAction(Fingerprinter.FingerprintAction.class).getFingerprints()).containsKey("v1.zip");
        jenkins.assertLogContains("Published bundle v1 of project CHURN: ", published);
        jenkins.assertLogContains("Bundle v1 of project CHURN was published before, by alice at ",
                jenkins.assertBuildStatusSuccess(build(publish, "alice")));
        WorkflowRun run = jenkins.assertBuildStatusSuccess(build(Scene.job(jenkins, "deploy", DEPLOY + "echo r.toString()"), "alice"));
        jenkins.assertLogContains("CHURN-on-dev has bundle v1", run);
        assertThat(CredentialsProvider.getFingerprintOf(SystemCredentialsProvider.getInstance().getCredentials().get(0)).getUsages())
                .as("which builds have used the key").containsKey("deploy");
    }

    @Test
    void a_declarative_pipeline_deploys_in_one_line_and_reads_the_report_in_its_script() throws Exception {
        Scene.publish(directory, "v1");
        WorkflowJob job = Scene.job(jenkins, "declarative", """
                pipeline {
                    agent none
                    stages {
                        stage('Plan') {
                            steps { deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev', dryRun: true }
                        }
                        stage('Deploy') {
                            steps {
                                script {
                                    def report = deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev', variables: [limit: 10]
                                    for (phase in report.phases) { echo "${phase.key}=${phase.value}" }
                                    report.messages.each { echo it }
                                }
                            }
                        }
                    }
                    post { success { echo 'it is out' } }
                }
                """);
        WorkflowRun run = jenkins.assertBuildStatusSuccess(build(job, "alice"));
        jenkins.assertLogContains("PLANNED", run);
        jenkins.assertLogContains("activate=DONE", run);
        jenkins.assertLogContains("it is out", run);
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void a_failure_can_be_caught_and_says_its_reason() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(build(
                Scene.job(jenkins, "caught", "try {\n" + DEPLOY + "} catch (e) { echo 'because: ' + e.message }"), "alice"));
        jenkins.assertLogContains("because: There is no published project \"CHURN\"", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void of_two_who_started_one_run_each_needs_the_right() throws Exception {
        Scene.publish(directory, "v1");
        WorkflowJob job = Scene.job(jenkins, "folded", DEPLOY);
        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0,
                new CauseAction(new Cause.UserIdCause("alice"), new Cause.UserIdCause("bob"))));
        jenkins.assertLogContains("ERROR: ", run);
        assertThat(node.state().projectKeys()).isEmpty();
    }

    @Test
    void a_build_that_runs_as_somebody_deploys_for_them_whoever_started_it() throws Exception {
        Scene.publish(directory, "v1");
        MockQueueItemAuthenticator authenticator = new MockQueueItemAuthenticator()
                .authenticate("as-alice", User.getById("alice", true).impersonate2())
                .authenticate("as-bob", User.getById("bob", true).impersonate2());
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(authenticator);
        jenkins.assertBuildStatus(Result.FAILURE, build(Scene.job(jenkins, "as-bob", DEPLOY), "alice"));
        assertThat(node.state().projectKeys()).isEmpty();
        jenkins.assertBuildStatusSuccess(build(Scene.job(jenkins, "as-alice", DEPLOY), "bob"));
        assertThat(Scene.history("CHURN-on-dev").get(0).request().requestedBy()).containsExactly("alice");
    }

    @Test
    void an_archive_outside_the_workspace_is_refused() throws Exception {
        Path outside = Scene.bundle(directory, "v9");
        for (String path : List.of("../v9.zip", outside.toString(), "link.zip")) {
            WorkflowJob job = onAgent("outside-" + Math.abs(path.hashCode()), "sh 'ln -sf " + outside + " link.zip'\n"
                    + "publishBundle project: 'CHURN', archive: '" + path + "'");
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, build(job, "alice"));
            jenkins.assertLogContains("lies outside the workspace", run);
        }
    }

    @Test
    void a_refusal_is_one_sentence_without_a_stack_trace() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, build(Scene.job(jenkins, "refused", DEPLOY), "carol"));
        jenkins.assertLogContains("ERROR: ", run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogNotContains("Exception", run);
        assertThat(node.state().projectKeys()).isEmpty();
    }

    @Test
    void an_infrastructure_that_may_not_be_seen_is_refused_like_one_that_is_not_there() throws Exception {
        WorkflowRun hidden = jenkins.assertBuildStatus(Result.FAILURE, build(Scene.job(jenkins, "hidden", DEPLOY), "carol"));
        WorkflowRun absent = jenkins.assertBuildStatus(
                Result.FAILURE, build(Scene.job(jenkins, "absent", DEPLOY.replace("'dev'", "'nowhere'")), "carol"));
        String error = error(hidden);
        assertThat(error(absent)).isEqualTo(error.replace("\"dev\"", "\"nowhere\""));
    }

    @Test
    void nobody_known_is_refused() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, Scene.job(jenkins, "nobody", DEPLOY).scheduleBuild2(0));
        jenkins.assertLogContains("It is not known for whom this build deploys", run);
    }

    @Test
    void an_aborted_build_ends_its_update() throws Exception {
        jenkins.assertBuildStatusSuccess(build(onAgent("publish", "publishBundle project: 'CHURN', archive: 'v1.zip'"), "alice"));
        node.faults().on("*", "*preload*").always(new Fault.Hang());
        WorkflowRun run = build(Scene.job(jenkins, "aborted", DEPLOY), "alice").waitForStart();
        jenkins.waitForMessage("send: ", run);
        run.doStop();
        await().atMost(Duration.ofMinutes(1)).until(() -> !run.isBuilding());
        jenkins.assertBuildStatus(Result.ABORTED, run);
        jenkins.assertLogContains("ABORTED", run);
    }

    @Test
    void while_it_waits_at_the_gate_it_is_paused_and_ends_when_it_is_stopped() throws Exception {
        Scene.code("unclassified: {projectDeployer: {stages: [{name: Development, gate: {approvals: 1, approvers: [{group: release}]}}]}}");
        Scene.publish(directory, "v1");
        WorkflowRun run = build(Scene.job(jenkins, "waits", DEPLOY), "alice").waitForStart();
        await().atMost(Duration.ofMinutes(1)).until(() -> Engine.get().records().update(1)
                .filter(update -> update.status() == UpdateStatus.WAITING).isPresent());
        await().atMost(Duration.ofMinutes(1)).until(() -> !pauses(run).isEmpty());
        assertThat(pauses(run)).containsExactly("Update 1 waits: " + jenkins.getURL() + "project-deployer/approval/1/");
        run.doStop();
        await().atMost(Duration.ofMinutes(1)).until(() -> !run.isBuilding());
        jenkins.assertBuildStatus(Result.ABORTED, run);
    }

    @Test
    void steps_that_wait_hold_no_thread() throws Exception {
        Scene.code("unclassified: {projectDeployer: {stages: [{name: Development, gate: {approvals: 1, approvers: [{group: release}]}}]}}");
        Scene.publish(directory, "v1");
        WorkflowRun run = build(Scene.job(jenkins, "many", """
                def steps = [:]
                for (int i = 0; i < 12; i++) {
                    def id = "d$i"
                    steps[id] = { deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'dev', deploymentId: id }
                }
                parallel steps
                """), "alice").waitForStart();
        await().atMost(Duration.ofMinutes(1)).until(() -> pauses(run).size() == 12);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(Thread.getAllStackTraces().values()).as("the engine's clock and spare worker alone")
                .noneMatch(stack -> Arrays.stream(stack).anyMatch(frame ->
                        frame.getClassName().matches("io\\.jenkins\\.plugins\\.projectdeployer\\.(jenkins\\.step|deployment|gate)\\..*"))));
        run.doStop();
        await().atMost(Duration.ofMinutes(1)).until(() -> !run.isBuilding());
        assertThat(Engine.get().records().openUpdates()).isEmpty();
    }

    @Test
    void a_job_that_is_renamed_meanwhile_keeps_its_update() throws Exception {
        jenkins.assertBuildStatusSuccess(build(onAgent("publish", "publishBundle project: 'CHURN', archive: 'v1.zip'"), "alice"));
        node.state().futures().takes("preload", Duration.ofSeconds(8));
        WorkflowJob job = Scene.job(jenkins, "before", DEPLOY);
        WorkflowRun run = build(job, "alice").waitForStart();
        jenkins.waitForMessage("send: ", run);

        job.renameTo("after");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void an_update_under_way_keeps_to_its_plan_when_the_configuration_is_read_again() throws Exception {
        Scene.publish(directory, "v1");
        node.state().futures().takes("preload", Duration.ofSeconds(8));
        WorkflowRun run = build(Scene.job(jenkins, "reloaded", DEPLOY), "alice").waitForStart();
        jenkins.waitForMessage("send: ", run);

        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - {id: dev, stage: Development, nodes: [{url: "%s", credentialsId: dev-key}], policies: {deployAsUser: bob}}
                """.formatted(node.url()));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(Scene.history("CHURN-on-dev")).singleElement()
                .satisfies(update -> assertThat(update.plan().infrastructure().policies().deployAsUser()).isEqualTo("svc_deploy"));
        assertThat(ProjectDeployerConfiguration.get().configuration().infrastructure("dev").orElseThrow().policies().deployAsUser()).isEqualTo("bob");
    }

    @Test
    void rights_are_asked_again_when_a_wait_ends() throws Exception {
        Scene.publish(directory, "v1");
        node.faults().on("*", "*preload*").once(new Fault.Hang());
        WorkflowRun first = build(Scene.job(jenkins, "first", DEPLOY), "alice").waitForStart();
        jenkins.waitForMessage("send: ", first);
        WorkflowRun second = build(Scene.job(jenkins, "second", DEPLOY.replace("infrastructure:", "queue: true, infrastructure:")), "alice").waitForStart();
        jenkins.waitForMessage("waits behind update 1 by alice", second);
        jenkins.waitForMessage("Update 2 waits in line: " + jenkins.getURL() + "project-deployer/deployment/CHURN-on-dev/", second);
        assertThat(pauses(second)).containsExactly("Update 2 waits: " + jenkins.getURL() + "project-deployer/deployment/CHURN-on-dev/");

        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm()); // alice is in no group any more
        node.faults().release();

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(second));
        assertThat(Engine.get().records().update(2).orElseThrow().isDeployed()).isFalse();
        assertThat(pauses(second)).as("the wait has ended").isEmpty();
    }

    /** Publishing cannot always be interrupted; what comes after it is not begun. */
    @Test
    void a_build_that_is_stopped_while_its_archive_travels_deploys_nothing() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        for (String step : List.of("deployProject infrastructure: 'dev', ", "publishBundle ")) {
            WorkflowJob job = Scene.job(jenkins, "stopped-" + step.length(),
                    "node('" + agent.getNodeName() + "') { " + step + "project: 'CHURN', archive: 'v1.zip' }");
            try (HeldArchive held = HeldArchive.at(Path.of(agent.getWorkspaceFor(job).getRemote(), "v1.zip"))) {
                WorkflowRun run = build(job, "alice").waitForStart();
                held.awaitReader();
                run.doStop();
                await().atMost(Duration.ofMinutes(1)).until(() -> !run.isBuilding());
                jenkins.assertBuildStatus(Result.ABORTED, run);
            }
        }

        assertThat(Engine.get().records().projects()).isEmpty();
        assertThat(Scene.history("CHURN-on-dev")).isEmpty();
        assertThat(node.calls()).as("at most the look that Jenkins has at its nodes").allMatch(call -> call.method().equals("GET"));
    }

    /** Why the build's steps are paused at the moment. */
    private static List<String> pauses(WorkflowRun run) throws Exception {
        return StreamSupport.stream(new DepthFirstScanner().allNodes(run.getExecution()).spliterator(), false)
                .filter(PauseAction::isPaused)
                .map(node -> PauseAction.getCurrentPause(node).getCause())
                .toList();
    }

    private WorkflowJob onAgent(String name, String script) throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowJob job = Scene.job(jenkins, name, "node('" + agent.getNodeName() + "') {\n" + script + "\n}");
        FilePath workspace = agent.getWorkspaceFor(job);
        workspace.mkdirs();
        new FilePath(Scene.bundle(directory, "v1").toFile()).copyTo(workspace.child("v1.zip"));
        return job;
    }

    private static hudson.model.queue.QueueTaskFuture<WorkflowRun> build(WorkflowJob job, String user) {
        return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(user)));
    }

    private static String error(WorkflowRun run) throws Exception {
        return run.getLog(100).stream().filter(line -> line.startsWith("ERROR: ")).findFirst().orElseThrow();
    }
}
