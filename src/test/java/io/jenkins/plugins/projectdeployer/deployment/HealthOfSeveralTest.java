package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.AutomationNode;
import io.jenkins.plugins.projectdeployer.node.http.JobProgress;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several signs, several nodes, and an update meanwhile. */
class HealthOfSeveralTest {

    private static final String ID = "CHURN-on-prod";

    private World world;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** With the scenario TRAIN on. */
    private void deployed(int nodes) {
        world.infrastructure("prod", "Production", nodes)
                .policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        List.of("v1", "v2").forEach(bundle -> world.publish(BundleZip.of("CHURN", bundle).scenario("TRAIN")));
        deploy("v1");
    }

    private void deploy(String bundle) {
        assertThat(world.deploy(World.request("CHURN", bundle, "prod").settings(new SettingsChange(
                null, null, null, null, null, null, Map.of("TRAIN", true), null, null))).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    private Health health() {
        return world.deployer().health().of(world.deployer().records().deployment(ID).orElseThrow(),
                world.configuration().infrastructure("prod").orElseThrow());
    }

    private Health later() {
        world.later(DeploymentHealth.FRESH);
        return health();
    }

    private void runs(String node, int place, String outcome) throws NodeException {
        world.node(node).state().scenarioEnds("CHURN", "TRAIN", ScenarioOutcome.ends(outcome));
        new AutomationNode(new TargetProjects(new OkHttpClient(), world::key, NodeTimeouts.DEFAULT)
                .http(node, world.configuration().infrastructure("prod").orElseThrow().nodes().get(place)))
                .project("CHURN").scenarios().run("TRAIN").await(Duration.ofSeconds(30), JobProgress.NONE);
    }

    private static List<String> codes(Health health) {
        return health.messages().stream().map(Message::code).toList();
    }

    @Test
    void the_worst_sign_is_the_health_and_all_of_them_are_said() throws NodeException {
        deployed(1);
        runs("prod", 0, "ABORTED");
        assertThat(later().level()).isEqualTo(Health.Level.WARNING);
        assertThat(codes(health())).containsExactly("SCENARIO_ABORTED");
        assertThat(health().monitoring().aborted()).containsExactly("TRAIN");

        runs("prod", 0, "FAILED");
        assertThat(later().level()).isEqualTo(Health.Level.UNHEALTHY);
        world.deployer().administration().change("alice", ID, null,
                new SettingsChange(null, null, null, null, null, null, null, true, null));
        assertThat(later().level()).as("settings alone are another matter, too").isEqualTo(Health.Level.OUT_OF_SYNC);
        assertThat(codes(health())).containsExactly("SETTINGS_PENDING", "SCENARIO_FAILED");

        world.node("prod").state().removeProject("CHURN");
        assertThat(later().level()).isEqualTo(Health.Level.ERROR);
        assertThat(codes(health())).containsExactly("SETTINGS_PENDING", "PROJECT_GONE");
    }

    @Test
    void nodes_are_left_alone_while_an_update_is_at_work() {
        deployed(1);
        AtomicReference<Health> meanwhile = new AtomicReference<>();
        AtomicReference<Integer> calls = new AtomicReference<>();
        world.node("prod").faults().on("POST", "*/v2/actions/activate").once(new Fault.Meanwhile(() -> {
            int before = world.node("prod").calls().size();
            meanwhile.set(later());
            calls.set(world.node("prod").calls().size() - before);
        }));

        deploy("v2");

        assertThat(codes(meanwhile.get())).containsExactly("UPDATE_AT_WORK");
        assertThat(meanwhile.get().level()).isEqualTo(Health.Level.HEALTHY);
        assertThat(calls.get()).isZero();
        assertThat(codes(health())).isEmpty();
    }

    @Test
    void each_of_several_nodes_is_named_with_what_is_wrong_there() throws NodeException {
        deployed(3);
        assertThat(health().level()).as("%s", health().messages()).isEqualTo(Health.Level.HEALTHY);
        runs("prod-1", 0, "SUCCESS");
        runs("prod-2", 1, "FAILED");
        world.node("prod-3").state().project("CHURN").scenario("TRAIN").runAsUser("admin");

        Health mixed = later();
        assertThat(mixed.level()).isEqualTo(Health.Level.OUT_OF_SYNC);
        assertThat(mixed.messages()).extracting(Message::node, Message::code).containsExactlyInAnyOrder(
                tuple("prod-2", "SCENARIO_FAILED"), tuple("prod-3", "RUN_AS_CHANGED"));
        assertThat(mixed.monitoring().failed()).containsExactly("TRAIN");
        assertThat(mixed.monitoring().successful()).containsExactly("TRAIN");

        world.node("prod-3").down();
        Health down = later();
        assertThat(down.level()).isEqualTo(Health.Level.ERROR);
        assertThat(down.messages()).extracting(Message::node).as("the others are looked at all the same")
                .containsExactlyInAnyOrder("prod-2", "prod-3");
        SchemeOnNode.Found schemes = world.deployer().health().schemes(
                world.deployer().records().deployment(ID).orElseThrow(), world.configuration().infrastructure("prod").orElseThrow());
        assertThat(schemes.nodes()).extracting(SchemeOnNode::node).containsExactly("prod-1", "prod-2");
        assertThat(schemes.why()).singleElement().asString().startsWith("prod-3: ");
    }
}
