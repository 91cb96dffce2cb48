package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.Project;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.NodeProject;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentHealthTest {

    private static final String ID = "CHURN-on-prod";

    private World world;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        world.publish(churn("v1"));
        world.publish(churn("v2"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).scenario("TRAIN").testScenario("TEST_SMOKE").webapp("DASH")
                .permission("churn-team", ProjectFlag.readProjectContent, ProjectFlag.runScenarios);
    }

    private Update deploy(String bundleId) {
        return world.deploy(World.request("CHURN", bundleId, "prod"));
    }

    /** With the scenario TRAIN on. */
    private Project deployed() {
        Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(
                new SettingsChange(null, null, null, null, null, null, Map.of("TRAIN", true), null, null)));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        return world.node("prod").state().project("CHURN");
    }

    private Health health() {
        return world.deployer().health().of(world.deployer().records().deployment(ID).orElseThrow(),
                world.configuration().infrastructure("prod").orElseThrow());
    }

    /** Once what was seen before no longer holds. */
    private Health later() {
        world.later(DeploymentHealth.FRESH);
        return health();
    }

    /** The project, as somebody on the node sees it who may do everything. */
    private NodeProject onNode() throws NodeException {
        return new AutomationNode(targets()
                .http("prod", world.configuration().infrastructure("prod").orElseThrow().nodes().get(0))).project("CHURN");
    }

    private TargetProjects targets() {
        return new TargetProjects(new OkHttpClient(), world::key, NodeTimeouts.DEFAULT);
    }

    private static List<String> codes(Health health) {
        return health.messages().stream().map(Message::code).toList();
    }

    private void create(String bundleId) {
        world.deployer().administration().create("alice", ID, "CHURN", "prod", bundleId, null, SettingsChange.NONE);
    }

    private Update update() {
        return world.await(world.deployer().steering().start("alice", ID, options -> options));
    }

    @Test
    void what_was_never_deployed_is_unknown() {
        create("v1");

        assertThat(health().level()).isEqualTo(Health.Level.UNKNOWN);
        assertThat(world.node("prod").calls()).isEmpty();
    }

    @Test
    void a_deployment_as_its_update_left_it_is_healthy() {
        deployed();

        assertThat(health().level()).as("%s", health().messages()).isEqualTo(Health.Level.HEALTHY);
        assertThat(health().messages()).isEmpty();
        assertThat(health().monitoring().hasActiveScenarios()).isTrue();
    }

    @Test
    void permissions_are_kept_of_few_deployments_and_read_anew_for_the_others() {
        deployed();
        world.infrastructure("dev", "Development");
        assertThat(world.deploy(World.request("CHURN", "v1", "dev")).isDeployed()).isTrue();
        DeploymentHealth health = new DeploymentHealth(world.deployer().records(), new NodeLooks(targets(), new DownNodes(Clock.systemUTC())),
                Clock.systemUTC(), 1);
        Deployment prod = world.deployer().records().deployment(ID).orElseThrow();
        Deployment dev = world.deployer().records().deployment("CHURN-on-dev").orElseThrow();
        Infrastructure onProd = world.configuration().infrastructure("prod").orElseThrow();

        SchemeOnNode.Found found = health.schemes(prod, onProd);
        assertThat(found.nodes()).hasSize(1);
        assertThat(health.schemes(prod, onProd)).as("kept").isEqualTo(found);
        health.of(dev, world.configuration().infrastructure("dev").orElseThrow());
        assertThat(health.version()).isEqualTo(2);

        assertThat(health.schemes(prod, onProd).nodes()).isEqualTo(found.nodes());
        assertThat(health.version()).as("looked once more").isEqualTo(3);
    }

    @Test
    void refused_and_dry_runs_leave_health_as_it_is() {
        deployed();
        world.deploy(World.request("CHURN", "v9", "prod"));
        world.deploy(World.request("CHURN", "v2", "prod").dryRun(true));

        assertThat(later().level()).isEqualTo(Health.Level.HEALTHY);
    }

    @Test
    void an_update_that_failed_before_it_sent_what_the_deployment_is_to_have_is_an_error() {
        deployed();
        world.deployer().administration().change("alice", ID, "v2", SettingsChange.NONE);
        assertThat(health().level()).as("changed, not tried").isEqualTo(Health.Level.OUT_OF_SYNC);
        world.node("prod").state().directory().enabled("svc_deploy", false);

        assertThat(update().status()).isEqualTo(UpdateStatus.FAILED);

        assertThat(later().level()).isEqualTo(Health.Level.ERROR);
        assertThat(codes(later())).contains("UPDATE_FAILED", "USER_DISABLED");
        world.deployer().administration().change("alice", ID, "v1", SettingsChange.NONE);
        assertThat(later().level()).as("wanted no longer").isEqualTo(Health.Level.HEALTHY);
    }

    @Test
    void a_first_update_that_failed_in_its_plan_is_an_error_and_not_unknown() {
        create("v1");
        world.node("prod").state().directory().enabled("svc_deploy", false);
        update();

        assertThat(health().level()).isEqualTo(Health.Level.ERROR);
    }

    @Test
    void an_update_that_failed_after_it_began_to_send_is_an_error() {
        deployed();
        world.node("prod").faults().on("POST", "/projects/CHURN/bundles/imported/v2/actions/preload").once(new Fault.DataikuError(500, "x", "no"));
        deploy("v2");

        assertThat(health().level()).isEqualTo(Health.Level.ERROR);
    }

    @Test
    void an_update_that_went_back_is_healthy_again() {
        deployed();
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        Update update = world.deploy(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE")).onFailure(OnFailure.ROLLBACK));
        assertThat(update.status()).isEqualTo(UpdateStatus.ROLLED_BACK);

        assertThat(health().level()).as("%s", health().messages()).isEqualTo(Health.Level.HEALTHY);
    }

    @Test
    void a_post_hook_that_fails_leaves_a_deployed_project_to_look_at() {
        world.hooks("prod", World.hook("notify", HookPhase.POST, World.executing("return HookResult.error('no channel')")));
        deploy("v1");

        assertThat(health().level()).isEqualTo(Health.Level.WARNING);
    }

    @Test
    void another_active_bundle_is_out_of_sync() throws NodeException {
        deployed();
        deploy("v2");
        assertThat(later().level()).isEqualTo(Health.Level.HEALTHY);
        onNode().bundles().activate("v1", Map.of(), JobProgress.NONE);

        assertThat(later().level()).isEqualTo(Health.Level.OUT_OF_SYNC);
        assertThat(codes(health())).containsExactly("NOT_ACTIVE");
        assertThat(health().messages().get(0).text()).contains("v1").contains("v2");
    }

    @Test
    void a_project_that_is_gone_is_an_error() {
        deployed();
        world.node("prod").state().removeProject("CHURN");

        assertThat(later().level()).isEqualTo(Health.Level.ERROR);
        assertThat(codes(health())).containsExactly("PROJECT_GONE");
    }

    @Test
    void run_as_users_that_were_changed_are_out_of_sync() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run");
        Project project = deployed();
        assertThat(health().level()).as("%s", health().messages()).isEqualTo(Health.Level.HEALTHY);
        project.scenario("TRAIN").runAsUser("admin");

        assertThat(later().level()).isEqualTo(Health.Level.OUT_OF_SYNC);
        assertThat(codes(health())).containsExactly("RUN_AS_CHANGED");
        assertThat(health().messages().get(0).text()).contains("TRAIN").contains("admin").contains("svc_run");
    }

    @Test
    void a_scenario_that_was_switched_on_the_node_is_out_of_sync() {
        Project project = deployed();
        project.scenario("TRAIN").active(false);
        assertThat(codes(later())).containsExactly("SCENARIO_STATE");

        project.scenario("TRAIN").active(true);
        project.scenario("TEST_SMOKE").active(true);
        assertThat(codes(later())).containsExactly("SCENARIO_STATE");
        assertThat(health().level()).isEqualTo(Health.Level.OUT_OF_SYNC);
    }

    @Test
    void permissions_that_were_lost_are_out_of_sync_and_those_that_were_won_are_not() throws NodeException {
        world.policies("prod", PermissionsPropagation.ALL, "svc_deploy", null, null);
        Project project = deployed();
        project.grant("release", ProjectFlag.admin);
        assertThat(later().level()).as("%s", health().messages()).isEqualTo(Health.Level.HEALTHY);

        onNode().permissions().change(document -> document.withArray("permissions").forEach(line ->
                ((ObjectNode) line).put("runScenarios", false)));

        assertThat(later().level()).isEqualTo(Health.Level.OUT_OF_SYNC);
        assertThat(codes(health())).contains("PERMISSIONS_LOST");
        assertThat(health().messages().toString()).contains("churn-team").contains("runScenarios");
    }

    @Test
    void only_the_last_run_of_scenarios_that_are_on_counts() throws NodeException {
        deployed();
        run("TEST_SMOKE", "FAILED");
        assertThat(later().level()).as("off").isEqualTo(Health.Level.HEALTHY);

        run("TRAIN", "FAILED");
        assertThat(later().level()).isEqualTo(Health.Level.UNHEALTHY);
        assertThat(health().monitoring().failed()).containsExactly("TRAIN");

        run("TRAIN", "WARNING");
        assertThat(later().level()).isEqualTo(Health.Level.WARNING);

        run("TRAIN", "SUCCESS");
        assertThat(later().level()).isEqualTo(Health.Level.HEALTHY);
        assertThat(health().monitoring().successful()).containsExactly("TRAIN");
    }

    private void run(String scenario, String outcome) throws NodeException {
        world.node("prod").state().scenarioEnds("CHURN", scenario, ScenarioOutcome.ends(outcome));
        onNode().scenarios().run(scenario).await(Duration.ofSeconds(30), JobProgress.NONE);
    }

    @Test
    void a_look_holds_for_a_while_and_not_after_an_update() {
        deployed();
        health();
        int calls = world.node("prod").calls().size();

        health();
        assertThat(world.node("prod").calls()).hasSize(calls);

        world.later(DeploymentHealth.FRESH);
        health();
        assertThat(world.node("prod").calls().size()).isGreaterThan(calls);

        deploy("v2");
        calls = world.node("prod").calls().size();
        health();
        assertThat(world.node("prod").calls().size()).isGreaterThan(calls);
    }

    @Test
    void a_node_that_does_not_answer_is_asked_less_and_less_often() {
        deployed();
        world.node("prod").down();
        assertThat(later().level()).isEqualTo(Health.Level.ERROR);
        // A connection that is kept open may be the first to notice.
        assertThat(codes(health())).singleElement().isIn("UNREACHABLE", "CUT");
        world.later(DownNodes.FIRST_WAIT);
        assertThat(health().level()).as("asked the second time").isEqualTo(Health.Level.ERROR);
        world.node("prod").up();

        world.later(DownNodes.FIRST_WAIT);
        assertThat(health().level()).as("not asked yet").isEqualTo(Health.Level.ERROR);

        world.later(DownNodes.FIRST_WAIT.plus(Duration.ofSeconds(1)));
        assertThat(health().level()).isEqualTo(Health.Level.HEALTHY);
    }

    @Test
    void an_address_that_nothing_can_be_called_at_is_an_error() {
        deployed();
        NodeAddress endless = new NodeAddress("https://" + "a".repeat(64) + ".example.com:1", "prod-key");
        world.infrastructure(World.infrastructure("prod", "Production", List.of(endless)));

        assertThat(later().level()).isEqualTo(Health.Level.ERROR);
        assertThat(codes(health())).contains("NODE_ADDRESS");
    }

    @Test
    void a_wrong_key_is_an_error_that_does_not_show_it() {
        deployed();
        world.key("prod", "not-the-key");

        assertThat(later().level()).isEqualTo(Health.Level.ERROR);
        assertThat(codes(health())).containsExactly("UNAUTHORIZED");
        assertThat(health().messages().toString()).doesNotContain("not-the-key");
    }
}
