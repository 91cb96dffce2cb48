package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogRecord;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** What waits, and what was decided, outlives Jenkins: its orderly stop and kill -9. */
@ExtendWith(OneJenkins.Ends.class)
class WaitingTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().javaOptions("-Xmx640m", "-XX:TieredStopAtLevel=1")
            // Where it is not installed nothing of it may be looked for; the steps of Pipeline that need it are not needed here.
            .omitPlugins("mailer", "workflow-basic-steps");

    private final EmbeddedNode node = Scene.node("prod");

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void an_update_that_waits_and_what_was_decided_on_it_are_there_after_a_restart() throws Throwable {
        sessions.then(jenkins -> {
            GateScene.people(jenkins);
            GateScene.configure(node.url(), "approvals: 2, approvers: [{group: release}]");
            GateScene.ask(jenkins, directory);
            assertThat(GateScene.approve(jenkins, "bob", 1).statusCode()).isEqualTo(200);
        });
        sessions.then(jenkins -> {
            GateScene.waits(1);
            assertThat(Engine.get().records().gates().request(1).orElseThrow().votes()).extracting(Vote::userId).containsExactly("bob");
            assertThat(GateScene.approve(jenkins, "carol", 1).statusCode()).isEqualTo(200);
            WorkflowRun run = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("approved by carol at ", run);
        });
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void a_decision_that_was_acknowledged_is_there_after_kill_9_and_counts_once() throws Throwable {
        String url = node.url();
        String bundles = directory.toString();
        controller.startJenkins();
        controller.runRemotely(WaitingTest::begin, url, bundles);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        controller.runRemotely(WaitingTest::decide, "bob", 0);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        controller.runRemotely(WaitingTest::decide, "bob", 1);
        controller.runRemotely(WaitingTest::decide, "carol", 1);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        controller.runRemotely(WaitingTest::end);
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(node.calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).as("sent once").hasSize(1);
    }

    private static void begin(JenkinsRule jenkins, String url, String bundles) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        for (String user : List.of("alice", "bob", "carol")) {
            realm.createAccount(user, user);
        }
        jenkins.jenkins.setSecurityRealm(realm);
        GlobalMatrixAuthorizationStrategy rights = new GlobalMatrixAuthorizationStrategy();
        rights.add(Jenkins.READ, PermissionEntry.group("authenticated"));
        jenkins.jenkins.setAuthorizationStrategy(rights);
        jenkins.jenkins.save();
        // Jenkins' own realm knows no groups.
        GateScene.configure(url, "approvals: 2, approvers: [{user: bob}, {user: carol}]", List.of("user: alice"), List.of("user: bob", "user: carol"));
        GateScene.ask(jenkins, Path.of(bundles), "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'prod'");
        nobodyMails(jenkins);
    }

    /** The answer has come: from here on it must not be lost. */
    private static void decide(JenkinsRule jenkins, String user, Integer before) throws Exception {
        GateScene.waits(1);
        assertThat(Engine.get().records().gates().request(1).orElseThrow().votes()).hasSize(before);
        HttpResponse<String> answer = GateScene.approve(jenkins, user, 1);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void nobodyMails(JenkinsRule jenkins) {
        assertThat(jenkins.jenkins.getPluginManager().getPlugin("mailer")).isNull();
        assertThat(Jenkins.logRecords).extracting(LogRecord::getMessage).noneMatch(line -> line != null && line.contains("A notification failed"));
    }

    private static void end(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Engine.get().records().update(1).orElseThrow().gate().votes()).extracting(Vote::userId).containsExactly("bob", "carol");
        assertThat(Scene.history("CHURN-on-prod")).as("the key was taken once").hasSize(1);
        nobodyMails(jenkins);
    }
}
