package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.DeployerPermissions;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Deciding in a real Jenkins: by resources and commands, by whom, and what the build's log and the header say. */
@WithOneJenkins
class ApprovalsTest {

    private static final String TWO = "approvals: 2, approvers: [{group: release}]";
    private static final List<String> NOT_APPROVERS = List.of("alice", "admin");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private EmbeddedNode node;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        node = Scene.node("prod");
        GateScene.people(jenkins);
        GateScene.configure(node.url(), TWO);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_build_that_is_killed_hard_leaves_no_request_behind() throws Exception {
        WorkflowRun run = GateScene.ask(jenkins, directory);
        run.doKill();

        await().until(() -> Engine.get().records().update(1).orElseThrow().status() == UpdateStatus.ABORTED);
        assertThat(GateScene.approve(jenkins, "bob", 1).statusCode()).isNotEqualTo(200);
        assertThat(node.state().projectKeys()).isEmpty();
    }

    private CLICommandInvoker.Result command(String user, String name, String... arguments) {
        return new CLICommandInvoker(jenkins, name).asUser(user).invokeWithArgs(arguments);
    }

    @Test
    void two_approvers_let_a_build_go_on_one_by_request_and_one_by_command() throws Exception {
        WorkflowRun run = GateScene.ask(jenkins, directory);
        assertThat(node.state().findProject("CHURN")).isEmpty();
        assertThat(jenkins.jenkins.toComputer().countBusy()).as("executors that it holds").isZero();
        assertThat(GateScene.approve(jenkins, "bob", 1).statusCode()).isEqualTo(200);
        String digest = GateScene.seen(jenkins, "carol", 1).path("digest").asText();
        assertThat(command("carol", "show-deployment-approval", "1").stdout()).contains("digest:     " + digest, "1 of 2", "seen by bob", "way back:",
                "changes:    bundle: nothing -> v1");
        assertThat(command("carol", "help", "approve-deployment").stderr()).contains("its stage's gate");
        CLICommandInvoker.Result approved = command("carol", "approve-deployment", "1", "--digest", digest, "--reason", "tests are green");
        assertThat(approved.returnCode()).as(approved.toString()).isZero();
        assertThat(approved.stdout()).contains("2 of 2 approvals");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("gate: stage Production asks for 2 of: group release; not alice, who asked", run);
        jenkins.assertLogContains("gate: they decide at " + jenkins.getURL() + "project-deployer/approval/1/", run);
        jenkins.assertLogContains("gate: approved by bob at ", run);
        assertThat(JenkinsRule.getLog(run).lines()).as("what the step returns").anyMatch(line -> line.matches(
                "report: approved by bob at 20[^ ]*Z: seen by bob; approved by carol at 20[^ ]*Z: tests are green"));
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void each_user_and_each_verb_by_request_and_by_command() throws Exception {
        GateScene.ask(jenkins, directory);
        JsonNode seen = GateScene.seen(jenkins, "bob", 1);
        String decision = GateScene.decision(seen, "x");
        String digest = seen.path("digest").asText();
        for (String verb : List.of("approve", "reject")) {
            for (String user : NOT_APPROVERS) {
                assertThat(post(user, "/approvals/1/" + verb, decision).statusCode()).as(user + " " + verb).isEqualTo(403);
                CLICommandInvoker.Result refused = command(user, verb + "-deployment", "1", "--digest", digest, "--reason", "x");
                assertThat(refused.returnCode()).as(user + " " + verb).isEqualTo(5);
                assertThat(refused.stderr()).contains("You cannot decide on update 1");
            }
            HttpResponse<String> hidden = post("dave", "/approvals/1/" + verb, decision);
            HttpResponse<String> absent = post("dave", "/approvals/2/" + verb, decision);
            assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(absent.statusCode());
            assertThat(hidden.body().replace("\\\"1\\\"", "\\\"2\\\"")).isEqualTo(absent.body());
            assertThat(command("dave", verb + "-deployment", "1", "--digest", digest, "--reason", "x").stderr())
                    .contains("There is no request \"1\", or you may not see it.");
            assertThat(post("anonymous", "/approvals/1/" + verb, decision).statusCode()).as("nobody " + verb).isIn(401, 403, 404);
        }
        assertThat(command("dave", "list-deployment-approvals", "--all").stdout()).isBlank();
        assertThat(command("alice", "list-deployment-approvals").stdout()).isBlank();
        assertThat(command("alice", "list-deployment-approvals", "--all").stdout()).contains("1  CHURN v1 -> prod (Production)  asked by alice");
        assertThat(command("bob", "list-deployment-approvals").stdout()).contains("0 of 2 approvals");
        assertThat(Engine.get().records().gates().request(1).orElseThrow().votes()).isEmpty();
    }

    private HttpResponse<String> post(String user, String path, String body) throws Exception {
        return GateScene.api(jenkins, user, "POST", path, body);
    }

    @Test
    void nothing_is_decided_by_a_link_or_without_a_crumb() throws Exception {
        GateScene.ask(jenkins, directory);
        String decision = GateScene.decision(GateScene.seen(jenkins, "bob", 1), "x");

        assertThat(GateScene.withoutCrumb(jenkins, "bob", "POST", "/approvals/1/approve", decision).statusCode()).isEqualTo(403);
        assertThat(GateScene.api(jenkins, "bob", "GET", "/approvals/1/approve", null).statusCode()).isEqualTo(405);
        assertThat(GateScene.api(jenkins, "bob", "PUT", "/approvals/1/approve", decision).statusCode()).isEqualTo(405);
        assertThat(Engine.get().records().gates().request(1).orElseThrow().votes()).isEmpty();
    }

    @Test
    void a_rejection_ends_the_build_with_its_reason_and_a_late_decision_is_told_so() throws Exception {
        WorkflowRun run = GateScene.ask(jenkins, directory);
        JsonNode seen = GateScene.seen(jenkins, "bob", 1);
        String decision = GateScene.decision(seen, "not before the audit");
        CLICommandInvoker.Result rejected = command("bob", "reject-deployment", "1", "--digest", seen.path("digest").asText(),
                "--reason", "not before the audit");
        assertThat(rejected.returnCode()).as(rejected.toString()).isZero();
        assertThat(rejected.stdout()).contains("rejected");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("bob has rejected the deployment: not before the audit", run);
        assertThat(post("carol", "/approvals/1/approve", decision).body()).contains("your decision comes too late");
        CLICommandInvoker.Result over = command("carol", "show-deployment-approval", "1");
        assertThat(over.returnCode()).isZero();
        assertThat(over.stdout()).containsPattern("has ended as FAILED at 20[-0-9]+T[:0-9]{8}Z").contains("problem:    bob has rejected the deployment: not before the audit");
        assertThat(command("dave", "show-deployment-approval", "1").stderr()).contains("There is no request \"1\", or you may not see it.");
        assertThat(node.state().findProject("CHURN")).isEmpty();
    }

    @Test
    void the_pages_are_for_those_who_see_it_and_the_header_counts_for_approvers() throws Exception {
        GateScene.ask(jenkins, directory);

        assertThat(header("bob")).contains("project-deployer/approvals", "1 waits for your decision");
        for (String user : List.of("alice", "admin", "dave")) {
            assertThat(header(user)).as(user).doesNotContain("for your decision");
        }
        GateScene.approve(jenkins, "bob", 1);
        assertThat(header("bob")).doesNotContain("for your decision");
        assertThat(header("carol")).contains("1 waits for your decision");

        for (String user : List.of("alice", "bob", "carol", "admin")) {
            assertThat(new Caller(jenkins, user).get("project-deployer/approval/1/").statusCode()).as(user).isEqualTo(200);
        }
        assertThat(new Caller(jenkins, "dave").get("project-deployer/approval/1/").statusCode()).isEqualTo(404);
        assertThat(new Caller(jenkins, "dave").get("project-deployer/approval/4711/").statusCode()).isEqualTo(404);
        assertThat(new Caller(jenkins, "bob").get("project-deployer/approvals/").body()).contains("js/approvals.js");
    }

    @Test
    void a_link_asks_whoever_has_not_logged_in_to_do_so_whatever_it_leads_to() throws Exception {
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy()).grant(Jenkins.READ).everywhere().to("anonymous");
        GateScene.ask(jenkins, directory);

        for (String number : List.of("1", "4711")) {
            HttpResponse<String> answer = new Caller(jenkins, "anonymous").get("project-deployer/approval/" + number + "/");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("login?from=");
        }
    }

    @Test
    void who_has_saved_the_infrastructure_does_not_approve_and_a_change_by_code_takes_one_approver_more() throws Exception {
        Scene.code(GateScene.yaml(node.url(), "approvals: 1, approvers: [{group: release}], excludeEditorsWithin: 7d", "Production")
                .replace("- id: prod\n", "- id: own\n        seed: true\n").replace("grants: [", "grants: [{user: bob, right: ADMIN}, "));
        WorkflowRun run = GateScene.ask(jenkins, directory, "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'own'");
        jenkins.assertLogContains("asks for 2 of: group release; not alice, who asked; one more than usual, since nobody knows who changed", run);

        HtmlForm form = jenkins.createWebClient().withBasicCredentials("bob").goTo("project-deployer/infrastructure/own/settings/").getFormByName("config");
        form.getInputByName("_.externalUrl").setValue("https://dss.example.com");
        jenkins.submit(form);
        HttpResponse<String> refused = GateScene.approve(jenkins, "bob", 1);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("bob changed infrastructure own or its hooks shortly before");
        assertThat(GateScene.approve(jenkins, "carol", 1).statusCode()).isEqualTo(200);
        assertThat(GateScene.waits(1).status()).isEqualTo(UpdateStatus.WAITING);
    }

    private String header(String user) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage page = client.login(user).goTo("");
            return page.getWebResponse().getContentAsString();
        }
    }

    @Test
    void the_ways_past_a_gate_are_for_those_with_jenkins_permission_who_see_what_they_are_about() throws Exception {
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(DeployerPermissions.BREAK_GLASS, DeployerPermissions.OVERRIDE_FREEZE).everywhere().to("carol", "dave");
        Scene.code(GateScene.yaml(node.url(), TWO + ", freezes: [{name: calm, start: \"2020-01-01T00:00\", end: \"2020-12-31T00:00\", rrule: FREQ=MONTHLY}]", "Production"));
        WorkflowRun run = GateScene.ask(jenkins, directory);
        String reason = "{\"reason\": \"a customer waits\"}";
        String glass = "{\"project\": \"CHURN\", \"infrastructure\": \"prod\", \"length\": \"1h\", \"reason\": \"a fire\"}";
        for (String user : List.of("alice", "bob")) {
            assertThat(post(user, "/approvals/1/override-freeze", reason).statusCode()).as(user).isEqualTo(403);
            assertThat(post(user, "/broken-glass", glass).statusCode()).as(user).isEqualTo(403);
            assertThat(GateScene.api(jenkins, user, "GET", "/broken-glass", null).body()).as(user).contains("\"canBreak\":false");
        }
        assertThat(post("dave", "/approvals/1/override-freeze", reason).statusCode()).isEqualTo(404);
        assertThat(post("dave", "/broken-glass", glass).statusCode()).isEqualTo(404);
        assertThat(GateScene.withoutCrumb(jenkins, "carol", "POST", "/broken-glass", glass).statusCode()).isEqualTo(403);
        assertThat(post("carol", "/approvals/1/override-freeze", reason).statusCode()).isEqualTo(200);
        jenkins.waitForMessage("Freeze calm is overridden for update 1 by carol: a customer waits", run);
        assertThat(post("carol", "/broken-glass", glass).statusCode()).isEqualTo(200);

        jenkins.waitForCompletion(run);
        jenkins.assertLogContains("BROKEN GLASS: carol has opened the gate of project CHURN on infrastructure prod", run);
        assertThat(GateScene.seen(jenkins, "bob", 1).path("state").asText()).isEqualTo("FOLLOW_UP");
        assertThat(GateScene.seen(jenkins, "carol", 1).path("objection").asText()).isEqualTo("broke the glass");
        assertThat(header("bob")).contains("1 waits for your decision");
    }

    @Test
    void requests_are_mailed_to_those_who_decide_and_the_outcome_to_whoever_asked() throws Exception {
        try (SmtpServer smtp = new SmtpServer()) {
            JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.com");
            Mailer.descriptor().setSmtpHost("127.0.0.1");
            Mailer.descriptor().setSmtpPort(String.valueOf(smtp.port()));
            for (String user : List.of("alice", "bob", "carol", "dave")) {
                header(user);
                User.getById(user, true).addProperty(new Mailer.UserProperty(user + "@example.com"));
            }
            WorkflowRun run = GateScene.ask(jenkins, directory);

            await().untilAsserted(() -> assertThat(smtp.mails()).hasSize(2));
            assertThat(smtp.mails()).extracting(SmtpServer.Mail::to).containsExactlyInAnyOrder(List.of("bob@example.com"), List.of("carol@example.com"));
            assertThat(smtp.mails()).allSatisfy(mail -> assertThat(mail.text().replace("=\n", ""))
                    .contains("Subject: Approval asked for: CHURN v1 on prod (update 1)", "project-deployer/approval/1/"));
            GateScene.approve(jenkins, "bob", 1);
            GateScene.approve(jenkins, "carol", 1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            await().untilAsserted(() -> assertThat(smtp.mails()).anySatisfy(mail -> {
                assertThat(mail.to()).containsExactly("alice@example.com");
                assertThat(mail.text()).contains("Subject: Goes on: CHURN v1 on prod (update 1)");
            }));

            WorkflowRun again = run.getParent().scheduleBuild2(0, Scene.by("alice")).waitForStart();
            GateScene.waits(2);
            assertThat(post("bob", "/approvals/2/reject", GateScene.decision(GateScene.seen(jenkins, "bob", 2), "not now")).statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(smtp.mails()).anySatisfy(mail -> {
                assertThat(mail.to()).containsExactly("alice@example.com");
                assertThat(mail.text().replace("=\n", "")).contains("Subject: Rejected: CHURN v1 on prod (update 2)", "rejected by bob: not now");
            }));
            jenkins.waitForCompletion(again);
            jenkins.assertLogContains("update 2: FAILED, it has not brought bundle v1 to CHURN-on-prod", again);
        }
    }

    @Test
    void mail_that_cannot_be_sent_touches_no_deployment() throws Exception {
        JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.com");
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort("1");
        for (String user : List.of("alice", "bob", "carol")) {
            header(user);
            User.getById(user, true).addProperty(new Mailer.UserProperty(user + "@example.com"));
        }
        WorkflowRun run = GateScene.ask(jenkins, directory);
        GateScene.approve(jenkins, "bob", 1);
        GateScene.approve(jenkins, "carol", 1);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void a_replay_asks_again_and_who_replays_does_not_count() throws Exception {
        WorkflowRun first = GateScene.ask(jenkins, directory);
        GateScene.approve(jenkins, "bob", 1);
        GateScene.approve(jenkins, "carol", 1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        // bob may not deploy, so that he who rebuilds is refused; alice may, and is asked for approvals anew.
        WorkflowJob job = first.getParent();
        new Caller(jenkins, "bob").post("job/deploy/1/replay/rebuild");
        WorkflowRun second = await().until(() -> job.getBuildByNumber(2), build -> build != null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(second));
        new Caller(jenkins, "alice").post("job/deploy/1/replay/rebuild");
        long third = await().until(() -> Engine.get().records().openUpdates().stream().map(update -> update.number()).findFirst().orElse(0L),
                number -> number > 0);
        GateScene.waits(third);
        assertThat(Engine.get().records().gates().request(third).orElseThrow().votes()).isEmpty();
        assertThat(Engine.get().records().gates().request(third).orElseThrow().requestedBy()).containsExactly("alice");
    }

    @Test
    void another_request_with_other_parameters_is_not_covered_by_an_approval_in_advance() throws Exception {
        Scene.publish(directory, "v1");
        String target = "{\"project\": \"CHURN\", \"bundle\": \"v1\", \"infrastructure\": \"prod\"";
        for (String user : List.of("bob", "carol")) {
            JsonNode preview = io.jenkins.plugins.projectdeployer.model.Json.read(
                    post(user, "/pre-approvals/preview", target + "}").body(), JsonNode.class);
            assertThat(post(user, "/pre-approvals", target + ", \"digest\": " + preview.path("digest") + "}").statusCode()).isEqualTo(200);
        }
        Scene.job(jenkins, "other", "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'prod', onFailure: 'rollback'")
                .scheduleBuild2(0, Scene.by("alice")).waitForStart();
        assertThat(GateScene.waits(1).status()).isEqualTo(UpdateStatus.WAITING);
        Engine.get().abort(Engine.get().records().update(1).orElseThrow().request().key(), "alice");
        WorkflowRun run = Scene.job(jenkins, "deploy", GateScene.DEPLOY).scheduleBuild2(0, Scene.by("alice")).waitForStart();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Engine.get().records().update(2).orElseThrow().gate().votes()).extracting(Vote::userId).containsExactlyInAnyOrder("bob", "carol");
    }

    @Test
    void a_stage_that_is_moved_while_an_update_waits_makes_the_plan_anew() throws Exception {
        WorkflowRun run = GateScene.ask(jenkins, directory);
        Scene.code(GateScene.yaml(node.url(), TWO, "Development"));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("is no longer what was shown: gate changed", run);
        assertThat(Engine.get().records().update(1).orElseThrow().gate().votes()).isEmpty();
    }

    @Test
    void the_node_behind_a_gate_cannot_be_registered_once_more() {
        String twice = GateScene.yaml(node.url(), TWO, "Production").replace("    projects:\n",
                "      - {id: other, stage: Development, nodes: [{url: \"" + node.url() + "\", credentialsId: prod-key}]}\n    projects:\n");
        assertThatThrownBy(() -> Scene.code(twice)).hasStackTraceContaining("already belongs to infrastructure \"prod\"");
    }

    @Test
    void another_deployment_onto_the_project_behind_the_gate_is_refused() throws Exception {
        WorkflowRun first = GateScene.ask(jenkins, directory);
        GateScene.approve(jenkins, "bob", 1);
        GateScene.approve(jenkins, "carol", 1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        WorkflowRun other = Scene.job(jenkins, "other", "deployProject project: 'CHURN', bundle: 'v1', infrastructure: 'prod', deploymentId: 'mine'")
                .scheduleBuild2(0, Scene.by("alice")).get();

        jenkins.assertBuildStatus(Result.FAILURE, other);
        jenkins.assertLogContains("belongs to another deployment", other);
    }
}
