package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunAsUsersTest extends OnEmbeddedNode {

    @Test
    void every_scenario_and_web_app_runs_as_the_user_set_whatever_the_bundle_said() throws Exception {
        NodeProject project = deployed(bundle(BundleZip.of("CHURN", "v1")
                .scenario("TRAIN", scenario -> scenario.put("runAsUser", "carol"))
                .scenario("TEST_SMOKE")
                .webapp("dash")));
        Project onNode = server.state().project("CHURN");
        onNode.addLocalScenario("LOCAL", "carol");

        var scenarios = RunAsUsers.ofScenarios(project, "svc_run");
        var webApps = RunAsUsers.ofWebApps(project, "svc_run");

        assertThat(onNode.scenarioIds()).hasSize(3).allSatisfy(
                id -> assertThat(onNode.scenario(id).runAsUser()).isEqualTo("svc_run"));
        assertThat(onNode.webapp("dash").runAsUser()).isEqualTo("svc_run");
        assertThat(scenarios).hasSize(3).allMatch(enforced -> enforced.change().written() && enforced.change().taken());
        assertThat(scenarios)
                .filteredOn(enforced -> enforced.id().equals("TRAIN"))
                .singleElement()
                .extracting(RunAsUsers.Enforced::before)
                .isEqualTo("carol");
        assertThat(webApps).singleElement().matches(enforced -> enforced.change().taken());
    }

    @Test
    void what_is_right_already_is_not_written() throws Exception {
        NodeProject project = deployed();
        RunAsUsers.ofScenarios(project, "svc_run");
        RunAsUsers.ofWebApps(project, "svc_run");
        server.forgetCalls();

        var scenarios = RunAsUsers.ofScenarios(project, "svc_run");
        RunAsUsers.ofWebApps(project, "svc_run");

        assertThat(scenarios).noneMatch(enforced -> enforced.change().written());
        assertThat(server.calls()).noneMatch(call -> call.method().equals("PUT"));
    }

    @Test
    void who_is_no_administrator_of_the_node_cannot_set_it() throws Exception {
        deployed();
        NodeProject asDeployer = node.actingAs("svc_deploy").project("CHURN");

        NodeException e =
                catchThrowableOfType(NodeException.class, () -> RunAsUsers.ofScenarios(asDeployer, "svc_run"));

        assertThat(e).hasMessageContaining("as \"svc_deploy\"");
    }

    @Test
    void a_web_app_is_restarted_and_stopped() throws Exception {
        WebApps webApps = deployed().webApps();
        assertThat(webApps.list()).containsExactly(new WebApps.Summary("dash", "dash", "STANDARD"));
        server.state().futures().takes("restart", java.time.Duration.ofMillis(300));
        int before = server.state().project("CHURN").webapp("dash").restarts();

        webApps.restart("dash", JobProgress.NONE);
        assertThat(webApps.isRunning("dash")).isTrue();
        webApps.stop("dash");

        assertThat(webApps.isRunning("dash")).isFalse();
        assertThat(server.state().project("CHURN").webapp("dash").restarts()).isEqualTo(before + 1);
    }

    @Test
    void the_effective_user_is_the_one_set_else_the_last_editor_else_the_creator() throws Exception {
        assertThat(RunAs.effective(json("{'runAsUser':'a','versionTag':{'lastModifiedBy':{'login':'b'}}}"))).contains("a");
        assertThat(RunAs.effective(json("{'runAsUser':null,'versionTag':{'lastModifiedBy':{'login':'b'}}}"))).contains("b");
        assertThat(RunAs.effective(json("{'creationTag':{'lastModifiedBy':{'login':'c'}}}"))).contains("c");
        assertThat(RunAs.effective(json("{}"))).isEmpty();
        ObjectNode untouched = json("{'x':1}");
        RunAs.set(untouched, null);
        assertThat(untouched).isEqualTo(json("{'x':1}"));
        ObjectNode cleared = json("{'runAsUser':'a'}");
        RunAs.set(cleared, null);
        assertThat(RunAs.configured(cleared)).isEmpty();
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) NodeJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
