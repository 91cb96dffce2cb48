package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommandInvoker;
import hudson.security.Permission;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.DeployerPermissions;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.web.ApiServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The commands that publish, deploy, list and check, in a real Jenkins: with whose rights, and how they end. */
@WithOneJenkins
class CommandsTest {

    private static final String HOOKS = "unclassified: {projectDeployer: {infrastructures: [{id: prod, stage: Development,"
            + " nodes: [{url: \"%s\", credentialsId: prod-key}], grants: [{group: data-team, right: ADMIN}, {group: release, right: DEPLOY}],"
            + " policies: {deployAsUser: svc_deploy},"
            + " hooks: [{name: look, phase: PRE, user: alice, text: \"%s\"}]}]}}";
    private static final String LOOK = "def execute(**kwargs):\\n    return HookResult.success('seen')\\n";
    private static final String APPROVED = "security: {scriptApproval: {approvedScriptHashes: [%s]}}";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private EmbeddedNode node;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        node = Scene.node("prod");
        GateScene.people(jenkins);
        GateScene.configure(node.url(), "approvals: 0");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private CLICommandInvoker.Result command(String user, String name, String... arguments) {
        return new CLICommandInvoker(jenkins, name).asUser(user).invokeWithArgs(arguments);
    }

    private CLICommandInvoker.Result publish(String user, String bundle, String... arguments) throws Exception {
        try (InputStream archive = Files.newInputStream(Scene.bundle(directory, bundle))) {
            return new CLICommandInvoker(jenkins, "publish-bundle").asUser(user).withStdin(archive).invokeWithArgs(arguments);
        }
    }

    private void grant(Permission permission, String... users) {
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy()).grant(permission).everywhere().to(users);
    }

    @Test
    void a_bundle_from_standard_input_is_published_and_deployed_and_then_listed() throws Exception {
        CLICommandInvoker.Result published = publish("alice", "v1", "--project", "CHURN", "--release-notes", "first");
        assertThat(published.returnCode()).as(published.toString()).isZero();
        assertThat(published.stdout()).contains("published CHURN v1, ", "SHA-256 ");
        assertThat(Engine.get().records().bundle("CHURN", "v1").orElseThrow().releaseNotes()).isEqualTo("first");

        CLICommandInvoker.Result planned = command("alice", "deploy-project", "CHURN", "prod", "--bundle", "v1", "--dry-run");
        assertThat(planned.returnCode()).as(planned.toString()).isZero();
        assertThat(planned.stdout()).contains("update 1: PLANNED");
        assertThat(node.state().findProject("CHURN")).isEmpty();

        CLICommandInvoker.Result deployed = command("alice", "deploy-project", "CHURN", "prod", "--bundle", "v1", "--on-failure", "rollback");
        assertThat(deployed.returnCode()).as(deployed.toString()).isZero();
        assertThat(deployed.stdout()).contains("send: prod-node: ", "audit: recorded up to ", "update 2: SUCCESS", "CHURN-on-prod has bundle v1");
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(Engine.get().records().update(2).orElseThrow().request().requestedBy()).containsExactly("alice");

        assertThat(command("alice", "list-deployments").stdout()).contains("CHURN-on-prod  CHURN v1 -> prod (Production)", "by alice");
        JsonNode row = Json.read(command("bob", "list-deployments", "--json", "--project", "CHURN").stdout(), JsonNode.class);
        assertThat(row.path("id").asText()).isEqualTo("CHURN-on-prod");
        assertThat(command("bob", "list-deployments", "--stage", "Development").stdout()).isBlank();
        assertThat(command("dave", "list-deployments").stdout()).isBlank();
        publish("alice", "v2", "--project", "CHURN");
        Engine.get().administration().change("alice", "CHURN-on-prod", "v2", SettingsChange.NONE);
        assertThat(command("alice", "list-deployments").stdout()).contains("CHURN v2 to come, v1 is active -> prod (Production)");
        Engine.get().administration().change("alice", "CHURN-on-prod", "v1", SettingsChange.NONE);
        manyAreListedToTheLastAndEachByItsHealth();
    }

    /** More than one answer of the resource holds; none of these was ever deployed. */
    private void manyAreListedToTheLastAndEachByItsHealth() {
        List<String> made = IntStream.rangeClosed(1, 100).mapToObj("many-%03d"::formatted).toList();
        made.forEach(id -> Engine.get().records().create(
                new Deployment(id, "CHURN", "prod", id.toUpperCase(Locale.ROOT), null, DeploymentSettings.DEFAULT, false, "alice", Instant.now())));

        assertThat(ids("list-deployments")).hasSize(101).startsWith("CHURN-on-prod", "many-001").endsWith("many-100");
        assertThat(ids("list-deployments", "--infrastructure", "prod", "--health", "unknown")).isEqualTo(made);
        assertThat(ids("list-deployments", "--health", "HEALTHY")).containsExactly("CHURN-on-prod");
        assertThat(ids("list-deployments", "--infrastructure", "other")).isEmpty();
        CLICommandInvoker.Result misspelt = command("alice", "list-deployments", "--health", "EROR");
        assertThat(misspelt.returnCode()).isEqualTo(5);
        assertThat(misspelt.stderr()).contains("health \"EROR\" is none of [UNKNOWN, ERROR, ");
    }

    private List<String> ids(String... arguments) {
        CLICommandInvoker.Result listed = command("alice", arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
        assertThat(listed.returnCode()).as(listed.toString()).isZero();
        return listed.stdout().lines().map(line -> line.split(" ", 2)[0]).toList();
    }

    @Test
    void what_is_hidden_is_refused_as_what_is_not_there_and_leaves_no_trace() throws Exception {
        publish("alice", "v1");
        long before = Engine.get().records().head().seq();

        CLICommandInvoker.Result hidden = command("dave", "deploy-project", "CHURN", "prod", "--bundle", "v1");
        CLICommandInvoker.Result absent = command("dave", "deploy-project", "CHURN", "else", "--bundle", "v1");
        assertThat(hidden.returnCode()).isEqualTo(5).isEqualTo(absent.returnCode());
        assertThat(hidden.stderr()).contains("There is no infrastructure \"prod\", or you may not see it.");
        assertThat(hidden.stderr().replace("prod", "else")).isEqualTo(absent.stderr());
        CLICommandInvoker.Result reader = command("bob", "deploy-project", "CHURN", "prod", "--bundle", "v1");
        assertThat(reader.returnCode()).isEqualTo(5);
        assertThat(reader.stderr()).contains("you (bob) need Deploy on infrastructure prod; the groups that have it: data-team");
        CLICommandInvoker.Result other = command("alice", "deploy-project", "CHURN", "prod", "--deployment-id", "no/id");
        assertThat(other.returnCode()).isEqualTo(5);
        assertThat(other.stderr()).contains("deploymentId \"no/id\"");
        assertThat(publish("dave", "v2").returnCode()).isEqualTo(5);
        assertThat(publish("bob", "v2").returnCode()).isEqualTo(5);
        assertThat(publish("alice", "v2", "--project", "OTHER").stderr()).contains("OTHER");
        assertThat(new CLICommandInvoker(jenkins, "publish-bundle").asUser("alice").withStdin(InputStream.nullInputStream()).invoke().returnCode())
                .isEqualTo(5);
        assertThat(command("alice", "deploy-project", "CHURN").returnCode()).as("no infrastructure").isEqualTo(2);
        assertThat(command("alice", "deploy-project", "CHURN", "prod", "--on-failure", "pray").returnCode()).isEqualTo(2);

        assertThat(Engine.get().records().head().seq()).isEqualTo(before);
    }

    @Test
    void the_code_tells_how_an_update_has_ended() throws Exception {
        publish("alice", "v1");

        CLICommandInvoker.Result failed = command("alice", "deploy-project", "CHURN", "prod", "--bundle", "v7");
        assertThat(failed.returnCode()).as(failed.toString()).isEqualTo(16);
        assertThat(failed.stdout()).contains("v7", "update 1: FAILED");

        command("alice", "deploy-project", "CHURN", "prod", "--bundle", "v1");
        publish("alice", "v2");
        node.faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "NOPE", "no"));
        CLICommandInvoker.Result back = command("alice", "deploy-project", "CHURN", "prod", "--bundle", "v2", "--on-failure", "rollback");
        assertThat(back.returnCode()).as(back.toString()).isEqualTo(17);
        assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void an_update_that_somebody_ends_ends_the_command() throws Exception {
        Scene.code(GateScene.yaml(node.url(), "approvals: 1, approvers: [{group: release}]", "Production"));
        publish("alice", "v1");
        CompletableFuture<CLICommandInvoker.Result> following =
                CompletableFuture.supplyAsync(() -> command("alice", "deploy-project", "CHURN", "prod", "--bundle", "v1"));

        Engine.get().abort(GateScene.waits(1).request().key(), "alice");

        CLICommandInvoker.Result aborted = following.get(1, TimeUnit.MINUTES);
        assertThat(aborted.returnCode()).as(aborted.toString()).isEqualTo(18);
        assertThat(aborted.stdout()).contains("gate: ", "update 1: ABORTED");
    }

    @Test
    void an_update_that_waits_is_not_awaited_where_nobody_wants_to() throws Exception {
        Scene.code(GateScene.yaml(node.url(), "approvals: 1, approvers: [{group: release}]", "Production"));
        publish("alice", "v1");

        CLICommandInvoker.Result asked = command("alice", "deploy-project", "CHURN", "prod", "--bundle", "v1", "--no-follow");
        assertThat(asked.returnCode()).as(asked.toString()).isZero();
        assertThat(asked.stdout()).isEqualToIgnoringNewLines("update 1");
        GateScene.waits(1);
        assertThat(command("alice", "list-deployments").stdout()).isBlank();
    }

    @Test
    void the_audit_is_checked_by_those_who_may_read_it() throws Exception {
        grant(DeployerPermissions.READ_AUDIT, "carol");
        publish("alice", "v1");

        CLICommandInvoker.Result refused = command("alice", "verify-audit");
        assertThat(refused.returnCode()).isEqualTo(5);
        assertThat(refused.stderr()).contains("ReadAudit");
        CLICommandInvoker.Result intact = command("carol", "verify-audit");
        assertThat(intact.returnCode()).as(intact.toString()).isZero();
        assertThat(intact.stdout()).contains("intact " + Engine.get().records().head(), "no anchor given");
        CLICommandInvoker.Result expected = command("carol", "verify-audit", "--expect", Engine.get().records().head().toString());
        assertThat(expected.stdout()).contains("intact ").doesNotContain("no anchor");
        CLICommandInvoker.Result other = command("carol", "verify-audit", "--expect", "1:" + "0".repeat(64));
        assertThat(other.returnCode()).as(other.toString()).isEqualTo(16);
        assertThat(other.stdout()).contains("broken at ", "the anchor says ");
        assertThat(command("carol", "verify-audit", "--expect", "yesterday").returnCode()).isEqualTo(5);
    }

    @Test
    void the_hashes_of_hooks_approve_them_as_code_and_are_for_those_who_see_hooks() throws Exception {
        Scene.code(HOOKS.formatted(node.url(), LOOK));
        assertThat(command("bob", "list-hook-hashes").stdout()).isBlank();
        assertThat(command("bob", "list-hook-hashes", "--infrastructure", "prod").stderr())
                .contains("There is no infrastructure \"prod\", or you may not see it.");
        String listed = command("alice", "list-hook-hashes").stdout();
        assertThat(listed).contains("- \"SHA512:", "# prod, hook look, PRE, not approved");
        String hash = listed.substring(listed.indexOf('"'), listed.lastIndexOf('"') + 1);
        assertThat(ScriptApproval.get().getPendingScripts()).singleElement()
                .satisfies(pending -> assertThat("\"" + pending.getHash() + "\"").isEqualTo(hash));

        Scene.code(APPROVED.formatted(hash));

        assertThat(command("alice", "list-hook-hashes", "--infrastructure", "prod").stdout()).contains(", approved");
        assertThat(command("admin", "list-hook-hashes").stdout()).contains(hash);
    }

    @Test
    void past_the_gate_and_ahead_of_it_by_command() throws Exception {
        String gate = "approvals: 1, approvers: [{group: release}]";
        Scene.code(GateScene.yaml(node.url(), gate + ", freezes: [{name: calm, start: \"2020-01-01T00:00\", end: \"2020-12-31T00:00\", rrule: FREQ=MONTHLY}]", "Production"));
        WorkflowRun run = GateScene.ask(jenkins, directory);
        for (String user : List.of("alice", "bob")) {
            assertThat(command(user, "override-freeze", "1", "--reason", "x").returnCode()).as(user).isEqualTo(5);
            assertThat(command(user, "break-glass", "CHURN", "prod", "--length", "1h", "--reason", "x").returnCode()).as(user).isEqualTo(5);
        }
        grant(DeployerPermissions.OVERRIDE_FREEZE, "carol", "dave");
        grant(DeployerPermissions.BREAK_GLASS, "carol", "dave");
        assertThat(command("dave", "override-freeze", "1", "--reason", "x").stderr()).contains("There is no request \"1\", or you may not see it.");
        assertThat(command("dave", "break-glass", "CHURN", "prod", "--length", "1h", "--reason", "x").stderr()).contains("There is no deployment target");
        assertThat(command("carol", "break-glass", "CHURN", "prod", "--length", "soon", "--reason", "x").stderr()).contains("--length");

        assertThat(command("carol", "override-freeze", "1", "--reason", "a customer waits").returnCode()).isZero();
        jenkins.waitForMessage("Freeze calm is overridden for update 1 by carol: a customer waits", run);
        assertThat(command("carol", "break-glass", "CHURN", "prod", "--length", "1h", "--reason", "a fire").stdout()).contains("open until");
        jenkins.waitForCompletion(run);
        jenkins.assertLogContains("BROKEN GLASS: carol has opened the gate", run);

        Scene.publish(directory, "v2");
        assertThat(command("dave", "pre-approve-deployment", "CHURN", "v2", "prod").returnCode()).isEqualTo(5);
        String shown = command("bob", "pre-approve-deployment", "CHURN", "v2", "prod").stdout();
        assertThat(shown).contains("changes:    bundle: v1 -> v2", "way back:", "digest:     ");
        String digest = shown.substring(shown.lastIndexOf(' ')).strip();
        assertThat(command("bob", "pre-approve-deployment", "CHURN", "v1", "prod", "--digest", digest).stderr()).contains("is not the one that you saw");
        assertThat(command("bob", "pre-approve-deployment", "CHURN", "v2", "prod", "--digest", digest, "--reason", "fine").stdout())
                .contains("Approved in advance");
        assertThat(Engine.get().records().gates().preApprovals()).singleElement().satisfies(given -> assertThat(given.userId()).isEqualTo("bob"));
    }

    @Test
    void from_another_deployer_comes_configuration_as_code_and_then_its_deployments() throws Exception {
        Scene.credential("deployer-key", CredentialsScope.SYSTEM, "admin:token");
        try (World there = new World(directory.resolve("there"));
                ApiServer server = new ApiServer(there.deployer(), key -> Optional.of(there.people().person(key.userId())), path -> Optional.empty())) {
            there.infrastructure(World.infrastructure("prod", "Production", List.of(there.address("prod", node.url(), node.key()))));
            there.connections("prod", new Remap("${HOME}", "sql-prod"));
            there.publish(BundleZip.of("CHURN", "v1"));
            assertThat(there.deploy(World.request("CHURN", "v1", "prod")).isDeployed()).isTrue();
            String[] source = {"--url", server.url(), "--credentials-id", "deployer-key"};
            assertThat(command("alice", "import-from-dataiku-deployer", source).stderr()).contains("administer Jenkins");
            CLICommandInvoker.Result unknown = command("admin", "import-from-dataiku-deployer", "--url", server.url(), "--credentials-id", "none");
            assertThat(unknown.returnCode()).as(unknown.toString()).isEqualTo(5);
            assertThat(unknown.stderr()).contains("none").doesNotContain("\tat ");

            CLICommandInvoker.Result written = command("admin", "import-from-dataiku-deployer", source);
            assertThat(written.returnCode()).as(written.toString()).isZero();
            assertThat(written.stdout()).contains("#   prod-key: infrastructure prod").doesNotContain(node.key());
            Scene.code(written.stdout());
            assertThat(ProjectDeployerConfiguration.get().configuration().infrastructure("prod").orElseThrow().connections())
                    .containsExactly(new Remap("${HOME}", "sql-prod"));
            CLICommandInvoker.Result adopted = command("admin", "import-from-dataiku-deployer",
                    "--adopt", "--url", server.url(), "--credentials-id", "deployer-key");

            assertThat(adopted.returnCode()).as(adopted.toString()).isZero();
            assertThat(adopted.stdout()).contains("adopted CHURN-on-prod, bundle v1");
            assertThat(command("alice", "list-deployments").stdout()).contains("CHURN-on-prod  CHURN v1 -> prod (Production)");
            CLICommandInvoker.Result deployed = command("alice", "deploy-project", "CHURN", "prod");
            assertThat(deployed.returnCode()).as(deployed.toString()).isZero();
        }
    }
}
