package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.projectdeployer.jenkins.security.HookLanguage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.util.ScriptListener;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovedHooksTest extends DeployingTest {

    private static final String HOOK = "unclassified: {projectDeployer: {infrastructures: [{id: dev, stage: Development,"
            + " nodes: [{url: \"%s\", credentialsId: dev-key}], grants: [{group: data-team, right: DEPLOY}], policies: {deployAsUser: svc_deploy},"
            + " hooks: [{name: look, phase: PRE, user: admin, text: \"%s\"}]}]}}";

    private static final String TEXT =
            "def execute(requesting_user, **kwargs):\\n    return HookResult.success('looked for ' + requesting_user)\\n";

    /** What the plan says before anybody waits for anything. */
    private static final String PLANNED = "Nobody has approved hook \"look\" yet";

    private final Scripts scripts = new Scripts();

    @BeforeEach
    void start() throws Exception {
        Scene.publish(directory, "v1");
        ExtensionList.lookup(ScriptListener.class).add(scripts);
    }

    @AfterEach
    void listenNoMore() {
        ExtensionList.lookup(ScriptListener.class).remove(scripts);
    }

    @Test
    void a_text_waits_for_approval_and_runs_as_it_was_approved() throws Exception {
        Scene.code(HOOK.formatted(node.url(), TEXT));
        ScriptApproval.PendingScript pending = pending();
        assertThat(pending.getLanguage()).isInstanceOf(HookLanguage.class);
        assertThat(pending.script).contains("infrastructure: \"dev\"", "phase: pre-deployment", "user: \"admin\"", "looked for");

        WorkflowRun refused = Scene.deploy(jenkins, "refused", "v1");
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        jenkins.assertLogContains("Hook \"look\" of infrastructure \"dev\" has not run: its text is not approved.", refused);
        jenkins.assertLogContains(PLANNED, refused);
        assertThat(node.state().projectKeys()).isEmpty();
        assertThat(scripts.run).isEmpty();

        ScriptApproval.get().approveScript(pending().getHash());
        WorkflowRun approved = Scene.deploy(jenkins, "approved", "v1");
        jenkins.assertBuildStatusSuccess(approved);
        jenkins.assertLogNotContains(PLANNED, approved);
        assertThat(scripts.run).singleElement().asString().contains("looked for");

        Scene.code(HOOK.formatted(node.url(), TEXT.replace("looked for", "looked again for")));
        jenkins.assertBuildStatus(Result.FAILURE, Scene.deploy(jenkins, "changed", "v1"));
        assertThat(scripts.run).hasSize(1);
    }

    @Test
    void validate_compiles_a_text_and_runs_nothing_of_it() throws Exception {
        assertThat(validated("raise RuntimeError('ran')\n" + TEXT.replace("\\n", "\n"))).contains("It compiles").doesNotContain("ran'");
        assertThat(validated("def execute(**kwargs):\n    return (\n")).contains("Line ").doesNotContain("It compiles");
        assertThat(scripts.run).isEmpty();
    }

    private String validated(String text) throws Exception {
        return new Caller(jenkins, "admin").post("descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.HookConfig/validate?name=look&codeEnv=&text="
                + URLEncoder.encode(text, StandardCharsets.UTF_8)).body();
    }

    @Test
    void what_forced_sandboxing_means_for_hooks_is_said() throws Exception {
        ScriptApproval.get().setForceSandbox(true);
        Scene.code(HOOK.formatted(node.url(), TEXT));
        ScriptApproval.PendingScript listed = pending();
        WorkflowRun refused = Scene.deploy(jenkins, "refused", "v1");
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        jenkins.assertLogContains("Jenkins is set to force the use of the sandbox, in which no hook can run", refused);
        assertThat(pending().getHash()).as("what an administrator has listed stays listed").isEqualTo(listed.getHash());
        ScriptApproval.get().approveScript(listed.getHash());
        jenkins.assertBuildStatusSuccess(Scene.deploy(jenkins, "approved", "v1"));
    }

    @Test
    void a_secret_of_a_hook_that_pipelines_can_read_draws_a_warning() throws Exception {
        Scene.credential("tickets", CredentialsScope.GLOBAL, "secret-of-the-tickets");
        for (String config : List.of("HookSecretConfig", "GateWebhookConfig")) {
            String check = "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config." + config + "/checkCredentialsId?value=";
            assertThat(new Caller(jenkins, "admin").post(check + "tickets").body()).as(config).contains("warning", "System");
            assertThat(new Caller(jenkins, "admin").post(check + "dev-key").body()).as(config).doesNotContain("warning", "error");
            assertThat(new Caller(jenkins, "admin").post(check + "absent").body()).as(config).contains("error");
        }
    }

    private static ScriptApproval.PendingScript pending() {
        Set<ScriptApproval.PendingScript> all = ScriptApproval.get().getPendingScripts();
        assertThat(all).hasSize(1);
        return all.iterator().next();
    }

    /** What Jenkins was told of scripts that run. */
    private static final class Scripts implements ScriptListener {

        final List<String> run = new CopyOnWriteArrayList<>();

        @Override
        public void onScriptExecution(
                String script, groovy.lang.Binding binding, Object feature, Object context, String correlationId, hudson.model.User user) {
            if (feature == HookLanguage.class) {
                run.add(script);
            }
        }

        @Override
        public void onScriptOutput(String output, Object feature, Object context, String correlationId, hudson.model.User user) {
            // Not asked for here.
        }
    }
}
