package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Between the plan and the first change on the node time passes; what others do in it stops the update. */
class MeanwhileTest {

    @TempDir
    Path home;

    private World world;

    @BeforeEach
    void start() {
        world = new World(home).infrastructure("prod", "Production");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static BundleZip churn(String bundleId) {
        return BundleZip.of("CHURN", bundleId).owner("alice");
    }

    /** Another bundle of the same id. */
    private static BundleZip theirs(String bundleId) {
        return churn(bundleId).scenario("THEIRS");
    }

    private EmbeddedNode node() {
        return world.node("prod");
    }

    private Update deploy(String bundleId) {
        return deploy(World.request("CHURN", bundleId, "prod"));
    }

    private Update deploy(DeployRequest.Builder request) {
        String bundleId = request.build().bundle();
        if (world.deployer().records().bundle("CHURN", bundleId).isEmpty()) {
            world.publish(churn(bundleId));
        }
        return world.deploy(request);
    }

    /** Lets something happen once when an update comes to this place. */
    private void at(String place, Runnable happens) {
        AtomicBoolean happened = new AtomicBoolean();
        world.barrier(now -> {
            if (now.equals(place) && happened.compareAndSet(false, true)) {
                node().forgetCalls();
                happens.run();
            }
        });
    }

    private void assertStopped(Update update, String code, String... words) {
        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).filteredOn(message -> message.code().equals(code)).singleElement()
                .extracting(Message::text).asString().contains(words).endsWith("deploy again.");
        assertThat(node().calls()).noneMatch(call -> !call.method().equals("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"before RECHECK", "before SEND"})
    void a_project_that_somebody_makes_meanwhile_is_not_taken_over(String place) {
        at(place, () -> node().state().addProject("CHURN", "carol"));
        Update update = deploy("v1");

        assertStopped(update, "TARGET_CHANGED", "absent then", "without active bundle now");
        assertThat(node().state().project("CHURN").owner()).isEqualTo("carol");
        assertThat(node().state().project("CHURN").importedBundleIds()).isEmpty();
        Update next = deploy("v1");
        assertThat(next.messages()).as("it is nobody's still").extracting(Message::code).contains("PROJECT_OF_NOBODY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before RECHECK", "before SEND"})
    void a_project_with_this_very_bundle_that_somebody_makes_meanwhile_is_not_taken_over(String place) {
        at(place, () -> node().state().deployed(theirs("v1"), "carol"));
        assertStopped(deploy("v1"), "TARGET_CHANGED", "absent then", "bundle v1 now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before RECHECK", "before SEND"})
    void a_bundle_of_the_same_id_that_somebody_sends_meanwhile_is_not_activated(String place) {
        deploy("v1");
        at(place, () -> node().state().imported(theirs("v2"), "carol"));
        Update update = deploy("v2");

        assertStopped(update, "TARGET_CHANGED", "a bundle \"v2\" that did not come from here");
        assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before RECHECK", "before SEND"})
    void another_bundle_that_somebody_activates_meanwhile_stays(String place) {
        deploy("v1");
        at(place, () -> node().state().deployed(theirs("v9"), "carol"));
        assertStopped(deploy("v2"), "TARGET_CHANGED", "bundle v1 then, bundle v9 now");
    }

    @Test
    void what_this_update_has_sent_before_the_controller_stopped_is_its_own() {
        world.publish(churn("v1"));
        CountDownLatch arriving = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // The controller stops while the bundle is on its way: that it has arrived is on no record.
        node().faults().on("POST", "/projectsFromBundle/").once(new Fault.Meanwhile(() -> {
            node().state().imported(churn("v1"), "svc_deploy");
            arriving.countDown();
            await(stopped);
        }));
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        await(arriving);
        world.deployer().close();
        stopped.countDown();
        node().forgetCalls();

        Update ended = world.restart().await(update);
        assertThat(ended.status()).as("%s", ended.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(node().calls()).noneMatch(call -> call.path().contains("projectsFromBundle") || call.path().contains("importFromStream"));
        assertThat(node().state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before FETCH", "before PLAN", "before RECHECK"})
    void an_id_that_somebody_takes_meanwhile_for_another_project_is_theirs_with_all_that_belongs_to_it(String place) {
        world.publish(BundleZip.of("FRAUD", "v1"));
        at(place, () -> assertThat(CompletableFuture.supplyAsync(() -> world.deploy(
                World.request("FRAUD", "v1", "prod").deploymentId("new"))).join().status()).isEqualTo(UpdateStatus.SUCCESS));
        Update update = deploy(World.request("CHURN", "v1", "prod").deploymentId("new"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::code).contains("NOT_FOUND");
        assertThat(node().state().findProject("CHURN")).isEmpty();
        var records = world.deployer().records();
        assertThat(records.deployment("new").orElseThrow().projectKey()).isEqualTo("FRAUD");
        assertThat(records.past("new").lastAtWork()).isEqualTo(2);
        assertThat(records.isOf(update, records.deployment("new").orElseThrow())).isFalse();
    }

    /** What an administrator changes before the recheck. */
    enum Change {
        HOOKS("hooks") {
            @Override
            void make(World world) {
                world.hooks("prod");
            }
        },
        NODES("nodes") {
            @Override
            void make(World world) {
                world.change("prod", i -> with(i, List.of(world.address("other", EmbeddedNode.start("other"))), i.grants()));
            }
        },
        POLICIES("policies") {
            @Override
            void make(World world) {
                world.policies("prod", PermissionsPropagation.ALL, "svc_deploy", "svc_run", null);
            }
        },
        REMAPS("remappings") {
            @Override
            void make(World world) {
                world.connections("prod", new Remap("sql-dev", "sql-prod"));
            }
        },
        LOGINS("login mapping") {
            @Override
            void make(World world) {
                world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("alice", "carol")), null));
            }
        };

        private final String named;

        Change(String named) {
            this.named = named;
        }

        abstract void make(World world);
    }

    private static Infrastructure with(
            Infrastructure i, List<NodeAddress> nodes, List<Grant<InfrastructureRight>> grants) {
        return new Infrastructure(i.id(), i.stage(), nodes, i.externalUrl(), grants, i.connections(), i.codeEnvs(), i.containerExecs(),
                i.codeEnvsBehavior(), i.policies(), i.hooks(), i.allowedJobs());
    }

    @ParameterizedTest
    @EnumSource
    void a_plan_that_the_configuration_has_left_behind_is_not_carried_out(Change change) {
        world.hooks("prod", World.hook("removed", HookPhase.PRE, World.executing("return HookResult.success()")));
        at("before RECHECK", () -> change.make(world));
        Update update = deploy("v1");

        assertStopped(update, "PLAN_OUTDATED", "infrastructure prod", "(" + change.named + ")");
        assertThat(update.runs()).as("no hook ran").isEmpty();
        assertThat(node().state().findProject("CHURN")).isEmpty();
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isEmpty();
    }

    @Test
    void a_code_env_that_is_another_interpreter_by_now_runs_no_hook_of_the_plan() {
        world.codeEnv(new CodeEnv("py", "/usr/bin/python3", "admin", true, null));
        world.hooks("prod", new Hook(
                "check", HookPhase.PRE, World.executing("return HookResult.success()"), "py", "bob", null));
        at("before RECHECK", () -> world.codeEnvs(new CodeEnv("py", "/opt/other/bin/python3", "admin", true, null)));
        assertStopped(deploy("v1"), "PLAN_OUTDATED", "(code env py)");
    }

    @Test
    void what_the_plan_does_not_rest_on_may_change_meanwhile() {
        deploy("v1");
        at("before RECHECK", () -> world.connections("prod", new Remap("sql-dev", "sql-prod")).change("prod", i ->
                with(i, i.nodes(), List.of(Grant.toUser("alice", InfrastructureRight.ADMIN)))));
        Update update = deploy("v2");
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void who_no_longer_administers_the_infrastructure_adopts_nothing() {
        node().state().addProject("CHURN", "svc_deploy");
        world.publish(churn("v1"));
        at("before RECHECK", () -> world.change("prod", i -> with(i, i.nodes(), List.of(Grant.toUser("bob", InfrastructureRight.DEPLOY)))));
        Update update = world.deploy(new DeployRequest.Builder("bob", List.of("bob"), "CHURN", "prod").bundle("v1").adopt(true));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages().get(0).code()).isEqualTo("FORBIDDEN");
        assertThat(update.messages().get(0).text()).contains("you (bob) need Admin on infrastructure prod");
        assertThat(node().calls()).noneMatch(call -> !call.method().equals("GET"));
    }

    @ParameterizedTest
    @CsvSource({"other", "''"})
    void another_node_behind_the_address_is_not_deployed_to(String nodeId) {
        at("before RECHECK", () -> node().faults().on("GET", "/instance-info").always(new Fault.Answer(200, "application/json",
                "{\"nodeId\": \"" + nodeId + "\", \"nodeType\": \"AUTOMATION\", \"dssVersion\": \"13.3.1\"}")));
        assertStopped(deploy("v1"), "TARGET_CHANGED", "it says that it is \"" + nodeId + "\", and was \"prod\"");
    }
}
