package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import hudson.model.Result;
import io.jenkins.plugins.projectdeployer.embedded.DemoWorld;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The .hpi that the default build makes, as somebody installs it: {@code target/project-deployer.hpi}, or the file that
 * {@code -Dproject-deployer.hpi=} names. What CI builds first is tested here; where nothing was built, nothing is.
 */
class PackagedPluginTest {

    private static final Path PACKAGE = Path.of(System.getProperty("project-deployer.hpi", "target/project-deployer.hpi"));
    private static final List<String> PLACES = List.of("dev", "test", "prod");

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .omitPlugins("project-deployer")
            .javaOptions("-Xmx640m", "-XX:TieredStopAtLevel=1");

    private final Map<String, EmbeddedNode> nodes = new HashMap<>();

    @AfterEach
    void stop() {
        nodes.values().forEach(EmbeddedNode::close);
    }

    @Test
    void it_is_installed_configured_by_the_demos_file_saved_and_restarted_and_runs_the_demos_pipeline() throws Throwable {
        assumeThat(PACKAGE).as("built before by: mvn package -DskipTests").exists();
        Files.copy(PACKAGE, controller.getHome().toPath().resolve("plugins/project-deployer.jpi"));
        FileUtils.copyDirectory(new File("demo"), new File(controller.getHome(), "workspace/demo/demo"));
        for (String place : PLACES) {
            EmbeddedNode node = EmbeddedNode.builder().nodeId(place + "-node").key(Scene.KEY).world(state -> DemoWorld.stage(state, place)).start();
            nodes.put(place, node);
            controller.extraEnv(place.toUpperCase(Locale.ROOT) + "_URL", node.url()).extraEnv(place.toUpperCase(Locale.ROOT) + "_KEY", Scene.KEY);
        }
        for (String person : List.of("ADMIN", "ALICE", "BOB", "CAROL")) {
            controller.extraEnv(person + "_PASSWORD", "password-of-" + person);
        }
        controller.extraEnv("CASC_JENKINS_CONFIG", Path.of("demo/jenkins.yaml").toAbsolutePath().toString());

        controller.startJenkins();
        controller.runRemotely(PackagedPluginTest::save);
        controller.stopJenkins();
        controller.extraEnv("CASC_JENKINS_CONFIG", null);
        controller.startJenkins();
        controller.runRemotely(PackagedPluginTest::deploy, Files.readString(Path.of("demo/Jenkinsfile")));
        assertThat(nodes).allSatisfy((place, node) -> assertThat(node.state().project("CHURN").activeBundleId()).isEqualTo("v12"));
    }

    private static void save(JenkinsRule jenkins) throws Exception {
        assertThat(jenkins.jenkins.getPluginManager().getFailedPlugins()).isEmpty();
        assertThat(Engine.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .endsWith("/project-deployer/WEB-INF/lib/project-deployer.jar");
        HtmlForm shared = shared(jenkins);
        shared.getInputByName("_.permits").setValue("4");
        jenkins.submit(shared);
        for (ScriptApproval.PendingScript hook : List.copyOf(ScriptApproval.get().getPendingScripts())) {
            ScriptApproval.get().approveScript(hook.getHash());
        }
    }

    private static void deploy(JenkinsRule jenkins, String pipeline) throws Exception {
        assertThat(shared(jenkins).getInputByName("_.permits").getValue()).isEqualTo("4");
        WorkflowJob job = Scene.job(jenkins, "demo", pipeline);
        WorkflowRun refused = job.scheduleBuild2(0, Scene.by("alice")).get();
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        jenkins.assertLogContains("CHURN-on-test has bundle v12", refused);
        jenkins.assertLogContains("need Deploy on infrastructure prod", refused);
        WorkflowRun deployed = job.scheduleBuild2(0, Scene.by("bob")).get();
        jenkins.assertBuildStatusSuccess(deployed);
        jenkins.assertLogContains("CHURN-on-prod has bundle v12", deployed);
        assertThat(Scene.history("CHURN-on-prod").get(0).runs()).as("hooks, by the Jython that is packed").hasSize(2)
                .allSatisfy(hook -> assertThat(hook.outcome()).isEqualTo("SUCCESS"));
        HtmlPage prod = jenkins.createWebClient().login("bob", "password-of-BOB").goTo("project-deployer/infrastructure/prod/");
        assertThat(prod.asNormalizedText()).contains("CHURN-on-prod", "v12");
    }

    private static HtmlForm shared(JenkinsRule jenkins) throws Exception {
        return jenkins.createWebClient().login("admin", "password-of-ADMIN").goTo("manage/project-deployer-configuration/shared").getFormByName("config");
    }
}
