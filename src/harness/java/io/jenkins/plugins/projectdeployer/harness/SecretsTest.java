package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.Functions;
import hudson.model.Result;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** A node's key and a hook's secret are searched for wherever they could have come to lie. */
@WithOneJenkins(fresh = true)
@Tag("smoke")
class SecretsTest extends DeployingTest {

    private static final String TICKETS = "secret-of-the-tickets-3c59dc048e885024";

    /** Looks for the key, which it knows backwards so that its own text is not found, in the process that runs it. */
    private static final String HOOK = """
            def execute(requesting_user, automation_client, deployer_client, **kwargs):
                import os
                key = '%s'[::-1]
                held = [name for name, value in os.environ.items() if key in value]
                for file in ['/proc/self/environ', '/proc/self/cmdline']:
                    if os.path.exists(file) and key in open(file).read():
                        held.append(file)
                for client in [automation_client, deployer_client]:
                    held += [name for name, value in vars(client).items() if key in repr(value)]
                if key in repr(kwargs):
                    held.append('the arguments')
                print('the ticket is filed with ' + kwargs['secrets']['tickets'])
                automation_client.list_project_keys()
                if held:
                    return HookResult.error('the worker holds the key in ' + ', '.join(held))
                return HookResult.success('filed with ' + kwargs['secrets']['tickets'])
            """.formatted(new StringBuilder(Scene.KEY).reverse());

    @BeforeEach
    void start() throws Exception {
        Scene.credential("tickets", CredentialsScope.SYSTEM, TICKETS);
        Scene.code("""
                unclassified:
                  projectDeployer:
                    infrastructures:
                      - id: dev
                        stage: Development
                        nodes: [{url: "%s", credentialsId: dev-key}]
                        grants: [{group: data-team, right: DEPLOY}]
                        policies: {deployAsUser: svc_deploy}
                        hooks:
                          - name: file
                            phase: POST
                            user: admin
                            secrets: [{name: tickets, credentialsId: tickets}]
                            text: |
                %s
                """.formatted(node.url(), HOOK.indent(14)));
        ScriptApproval approval = ScriptApproval.get();
        approval.getPendingScripts().stream().map(ScriptApproval.PendingScript::getHash).toList().forEach(hash -> {
            try {
                approval.approveScript(hash);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Scene.publish(directory, "v1");
        Scene.publish(directory, "v2");
    }

    @Test
    void no_key_comes_to_lie_anywhere() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (LogRecorder log = new LogRecorder().quiet()
                .record("io.jenkins.plugins.projectdeployer", Level.ALL)
                .record("okhttp3", Level.ALL)
                .record("com.cloudbees.plugins.credentials", Level.ALL)
                .capture(100_000)) {
            node.faults().on("*", "*/bundles/*").always(new Fault.Meanwhile(
                    () -> Thread.getAllStackTraces().keySet().forEach(thread -> threads.add(thread.getName()))));
            WorkflowRun deployed = jenkins.assertBuildStatusSuccess(Scene.deploy(jenkins, "deploy", "v1"));
            jenkins.assertLogContains("CHURN-on-dev has bundle v1", deployed);
            assertThat(Scene.history("CHURN-on-dev").get(0).runs().toString())
                    .as("the hook has run and held the secret").contains("filed with");
            node.faults().clear();

            String echoed = "The key " + Scene.KEY + " may not do this";
            node.faults().on("*", "*preload*").always(new Fault.DataikuError(403, "com.dataiku.dip.exceptions.UnauthorizedException", echoed));
            WorkflowRun refused = Scene.deploy(jenkins, "echoed", "v2");
            jenkins.assertBuildStatus(Result.FAILURE, refused);
            jenkins.assertLogContains("may not do this", refused);
            for (WorkflowRun run : List.of(deployed, refused)) {
                jenkins.assertLogNotContains(node.url(), run);
                jenkins.assertLogNotContains("the ticket is filed", run);
            }
            jenkins.waitUntilNoActivity();

            assertThat(log.getRecords()).isNotEmpty();
            log.getRecords().forEach(record -> assertClean("the log", said(record)));
        }
        assertThat(threads).isNotEmpty();
        threads.forEach(name -> assertClean("a thread's name", name));
        assertHomeIsClean();
        assertAnswersAreClean();
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(export);
        assertClean("the export", export.toString(StandardCharsets.UTF_8));
    }

    private void assertHomeIsClean() throws IOException {
        try (Stream<Path> files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.exists(file)) {
                    assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private void assertAnswersAreClean() throws IOException, InterruptedException {
        for (String user : List.of("admin", "alice")) {
            for (String path : List.of(
                    "api/json?depth=4",
                    "project-deployer/",
                    "project-deployer/infrastructure/dev/",
                    "project-deployer/infrastructure/dev/settings/",
                    "manage/project-deployer-configuration/",
                    "manage/project-deployer-configuration/shared",
                    "manage/project-deployer-configuration/new?copy=dev",
                    "job/deploy/1/",
                    "job/deploy/1/api/xml?depth=6",
                    "job/deploy/1/consoleText",
                    "job/deploy/1/project-deployments/",
                    "job/deploy/config.xml",
                    "job/echoed/1/consoleText",
                    "job/echoed/1/project-deployments/",
                    "scriptApproval/")) {
                assertClean(path + " for " + user, new Caller(jenkins, user).get(path).body());
            }
        }
    }

    private static void assertClean(String where, String text) {
        assertThat(text.contains(Scene.KEY)).as("the node's key in " + where).isFalse();
        assertThat(text.contains(TICKETS)).as("the hook's secret in " + where).isFalse();
    }

    private static String said(LogRecord record) {
        String message = record.getMessage() + (record.getParameters() == null ? "" : List.of(record.getParameters()));
        return record.getThrown() == null ? message : message + Functions.printThrowable(record.getThrown());
    }
}
