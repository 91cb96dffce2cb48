package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Configuration as code, reloaded by its own button and its own command while updates are under way. */
@WithOneJenkins
class ReloadTest {

    private static final String HOLD = """
            def execute(**kwargs):
                import os, time
                while os.path.exists('%s'):
                    time.sleep(0.05)
                return HookResult.success('held')
            """;

    @TempDir
    private Path directory;

    private final Map<String, EmbeddedNode> nodes = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        System.clearProperty(ConfigurationAsCode.CASC_JENKINS_CONFIG_PROPERTY);
        nodes.values().forEach(EmbeddedNode::close);
    }

    private String code(int permits) {
        StringBuilder infrastructures = new StringBuilder();
        nodes.forEach((place, node) -> infrastructures.append("""
                - id: %s
                  stage: %s
                  nodes: [{url: "%s", credentialsId: dev-key}]
                  grants: [{group: data-team, right: DEPLOY}, {group: release, right: READ}]
                  policies: {deployAsUser: svc_deploy}
                  hooks: %s
                """.formatted(place, place.equals("prod") ? "Production" : "Development", node.url(), place.equals("prod") ? "[]" : "[*hold]").indent(6)));
        return """
                x-hold: &hold
                  name: hold
                  phase: PRE
                  user: admin
                  text: |
                %s
                unclassified:
                  projectDeployer:
                    stages: [{name: Development}, {name: Production, gate: {approvals: 2, approvers: [{group: release}]}}]
                    hookLimits: {permits: %d, preWaitSeconds: 600}
                    projects:
                      - pattern: "*"
                        grants: [{group: data-team, right: WRITE}, {group: data-team, right: DEPLOY}, {group: release, right: READ}]
                        creators: [{group: data-team}]
                    infrastructures:
                %s
                """.formatted(HOLD.formatted(directory.resolve("hold")).indent(4), permits, infrastructures);
    }

    @Test
    void a_reload_leaves_alone_what_waits_at_a_gate_or_in_line_and_what_holds_a_slot(JenkinsRule jenkins) throws Exception {
        GateScene.people(jenkins);
        Scene.credential("dev-key", CredentialsScope.SYSTEM, Scene.KEY);
        List.of("prod", "dev", "test").forEach(place -> nodes.put(place, Scene.node(place)));
        Path hold = Files.createFile(directory.resolve("hold"));
        Path file = directory.resolve("jenkins.yaml");
        System.setProperty(ConfigurationAsCode.CASC_JENKINS_CONFIG_PROPERTY, file.toString());
        Files.writeString(file, code(1));
        reload(jenkins);
        for (ScriptApproval.PendingScript hook : List.copyOf(ScriptApproval.get().getPendingScripts())) {
            ScriptApproval.get().approveScript(hook.getHash());
        }
        Scene.publish(directory, "v1");
        ProjectDeployer engine = Engine.get();

        Update gated = submit("prod", false);
        GateScene.waits(gated.number());
        assertThat(GateScene.approve(jenkins, "bob", gated.number()).statusCode()).isEqualTo(200);
        Update holder = submit("dev", false);
        await().atMost(Duration.ofMinutes(1)).until(() -> engine.hookSlots().holders().size() == 1);
        Update behind = submit("dev", true);
        Update starving = submit("test", false);
        await().atMost(Duration.ofMinutes(1)).until(() -> engine.hookSlots().waiters().size() == 1
                && engine.records().update(behind.number()).orElseThrow().status() == UpdateStatus.QUEUED);

        HookThrottle.Snapshot slots = engine.hookSlots();
        List<Update> open = engine.records().openUpdates();
        Object request = engine.records().gates().request(gated.number()).orElseThrow();
        Object edits = engine.records().gates().edits("prod");
        reload(jenkins);
        assertThat(Engine.get()).isSameAs(engine);
        assertThat(engine.hookSlots()).isEqualTo(slots);
        assertThat(engine.records().openUpdates()).isEqualTo(open).hasSize(4);
        assertThat(engine.records().gates().request(gated.number()).orElseThrow()).isEqualTo(request);
        assertThat(engine.records().gates().edits("prod")).as("nobody has changed anything").isEqualTo(edits);

        Files.writeString(file, code(2));
        CLICommandInvoker.Result again = new CLICommandInvoker(jenkins, "reload-jcasc-configuration").asUser("admin").invoke();
        assertThat(again.returnCode()).as(again.stderr()).isZero();
        await().atMost(Duration.ofMinutes(1)).until(() -> engine.hookSlots().holders().size() == 2);
        Files.delete(hold);
        for (Update update : List.of(holder, behind, starving)) {
            assertThat(ended(update).status()).as("update " + update.number()).isEqualTo(UpdateStatus.SUCCESS);
        }
        assertThat(GateScene.approve(jenkins, "carol", gated.number()).statusCode()).isEqualTo(200);
        assertThat(ended(gated).gate().votes()).extracting(Vote::userId).containsExactly("bob", "carol");
        nodes.forEach((place, node) -> assertThat(node.state().project("CHURN").activeBundleId()).as(place).isEqualTo("v1"));
    }

    private static void reload(JenkinsRule jenkins) throws Exception {
        assertThat(new Caller(jenkins, "admin").post("manage/configuration-as-code/reload").statusCode()).isEqualTo(302);
    }

    private static Update submit(String infrastructure, boolean queue) {
        String key = infrastructure + queue;
        return Engine.get().submit(DeployRequest.of(key, "alice", "CHURN", infrastructure).bundle("v1").queue(queue).build());
    }

    private static Update ended(Update update) {
        return await().atMost(Duration.ofMinutes(1)).until(() -> Engine.get().records().update(update.number()).orElseThrow(), now -> now.status().ended());
    }
}
