package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.projectdeployer.browser.Browser;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The whole way in a real browser, under the content security policy that tests enforce: two people decide, it is deployed. */
@WithOneJenkins
@EnabledIf(value = "io.jenkins.plugins.projectdeployer.browser.Browser#isThere", disabledReason = "there is no Chromium with its driver")
class ApprovalBrowserTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private EmbeddedNode node;
    private Browser browser;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        node = Scene.node("prod");
        GateScene.people(jenkins);
        GateScene.configure(node.url(), "approvals: 2, approvers: [{group: release}]");
        browser = new Browser(jenkins.getURL().toExternalForm(), directory.resolve("profile"));
    }

    @AfterEach
    void stop() {
        browser.close();
        node.close();
    }

    @Test
    void a_request_two_approvals_by_two_people_and_a_deployment() throws Exception {
        WorkflowRun run = GateScene.ask(jenkins, directory);

        browser.login("bob").go("");
        assertThat(browser.see(By.cssSelector("#root-action-ApprovalsAction .jenkins-badge")).getText()).isEqualTo("1");
        browser.press("root-action-ApprovalsAction");
        browser.see(By.linkText("Update 1"));
        browser.shoot("approvals", 560);
        browser.see(By.linkText("Update 1")).click();
        browser.reads("What it changes");
        browser.see(By.id("reason")).sendKeys("tests are green");
        browser.shoot("approval", 1400);
        browser.press("approve");
        browser.reads("You have approved it.");
        browser.reads("1 of 2");
        browser.until("return document.getElementById('root-action-ApprovalsAction') === null");
        assertThat(browser.text()).doesNotContain("Follow update 1");
        assertThat(node.state().findProject("CHURN")).isEmpty();
        browser.see(By.linkText("See what else waits")).click();
        browser.reads("Nothing waits for your decision.");

        browser.login("carol").go("project-deployer/approvals");
        browser.see(By.linkText("Update 1")).click();
        browser.reads("bob has approved");
        browser.reads("tests are green");
        browser.press("approve");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Engine.get().records().update(1).orElseThrow().gate().votes()).extracting(Vote::userId).containsExactly("bob", "carol");
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        browser.reads("You have approved it.");
        browser.see(By.linkText("Follow update 1")).click();
        browser.reads("What is where");
        browser.see(By.id("update-title"));
        browser.login("bob").go("project-deployer/approval/1/");
        browser.reads("has ended as SUCCESS; nothing is left to decide.");
        browser.see(By.linkText("See what else waits"));
    }

    @Test
    void a_plan_that_changes_while_somebody_looks_at_it_is_not_approved_unseen() throws Exception {
        GateScene.ask(jenkins, directory);
        browser.login("bob").go("project-deployer/approval/1/");
        browser.see(By.id("approve"));
        Scene.code(GateScene.yaml(node.url(), "approvals: 1, approvers: [{group: release}]", "Production"));
        Engine.get().configurationSaved(null);

        browser.reads("What you see is no longer so: gate changed.");
        browser.shoot("changed", 900);
        browser.press("show-new");
        browser.reads("The plan was made anew since it was asked for: gate changed.");
        browser.see(By.id("approve"));
    }

    @Test
    void who_may_not_decide_sees_why_and_gets_no_button() throws Exception {
        GateScene.ask(jenkins, directory);
        browser.login("alice").go("project-deployer/approval/1/");

        browser.reads("You cannot decide on it: you asked for the deployment.");
        assertThat(browser.text()).doesNotContain("Reject");
    }

    @Test
    void a_freeze_is_overridden_and_a_request_rejected_on_the_page() throws Exception {
        Scene.code(GateScene.yaml(node.url(), "approvals: 1, approvers: [{group: release}],"
                + " freezes: [{name: calm, start: \"2020-01-01T00:00\", end: \"2020-12-31T00:00\", rrule: FREQ=MONTHLY}]", "Production"));
        WorkflowRun run = GateScene.ask(jenkins, directory);
        browser.login("admin").go("project-deployer/approval/1/");
        browser.reads("Freeze calm holds it until");
        browser.press("override");
        browser.see(By.id("dialog-reason")).sendKeys("a customer waits");
        browser.see(By.cssSelector("dialog .jenkins-button--primary")).click();
        browser.reads("calm is overridden by admin: a customer waits");

        Scene.job(jenkins, "other", "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'prod', deploymentId: 'other'")
                .scheduleBuild2(0, Scene.by("alice")).waitForStart();
        GateScene.waits(2);
        browser.login("bob").go("project-deployer/approval/1/");
        assertThat(browser.see(By.cssSelector("#root-action-ApprovalsAction .jenkins-badge")).getText()).isEqualTo("2");
        browser.press("reject");
        browser.reads("reason is missing: say why you reject the deployment.");
        browser.see(By.id("reason")).sendKeys("not before the audit");
        browser.press("reject");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        browser.reads("You have rejected it.");
        jenkins.assertLogContains("bob has rejected the deployment: not before the audit", run);
        browser.until("return document.querySelector('#root-action-ApprovalsAction .jenkins-badge').textContent === '1'");
        browser.until("return document.getElementById('root-action-ApprovalsAction').outerHTML.includes('1 waits for your decision')");

        // As where nobody knew how many when the page was made.
        browser.go("project-deployer/approval/2/").run("document.querySelector('#root-action-ApprovalsAction .jenkins-badge').remove()");
        browser.see(By.id("reason")).sendKeys("nor this one");
        browser.press("reject");
        browser.reads("has ended as FAILED");
        browser.see(By.id("root-action-ApprovalsAction"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_approval_in_advance_and_broken_glass_are_given_on_the_page() throws Exception {
        Scene.publish(directory, "v1");
        browser.login("bob").go("project-deployer/approvals");
        browser.see(By.cssSelector("#in-advance summary")).click();
        browser.until("return [...document.querySelectorAll('#advance-infrastructure-names option')].map(each => each.value).join() === 'prod'");
        browser.until("return [...document.querySelectorAll('#advance-project-names option')].map(each => each.value).join() === 'CHURN'");
        browser.see(By.id("advance-project")).sendKeys("CHURN" + Keys.TAB);
        browser.until("return [...document.querySelectorAll('#advance-bundle-names option')].map(each => each.value).join() === 'v1'");
        browser.see(By.id("advance-bundle")).sendKeys("v1");
        browser.see(By.id("advance-infrastructure")).sendKeys("prod");
        browser.press("preview");
        browser.reads("What it changes");
        browser.press("pre-approve");
        browser.reads("You have approved it in advance.");
        browser.shoot("in-advance", 1100);
        assertThat(Engine.get().records().gates().preApprovals()).hasSize(1);

        browser.login("admin").go("project-deployer/approvals");
        browser.press("break-glass");
        browser.until("return document.querySelector('#dialog-project-names option')?.value === 'CHURN'");
        browser.see(By.id("dialog-project")).sendKeys("CHURN");
        browser.see(By.id("dialog-infrastructure")).sendKeys("prod");
        browser.see(By.id("dialog-reason")).sendKeys("a fire");
        browser.see(By.cssSelector("dialog .jenkins-button--primary")).click();
        browser.reads("a fire");
        browser.shoot("broken-glass", 900);
        assertThat(Engine.get().records().gates().glasses(java.time.Instant.now())).hasSize(1);
    }
}
