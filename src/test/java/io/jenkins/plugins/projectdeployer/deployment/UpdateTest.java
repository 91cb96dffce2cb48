package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.embedded.ProjectFlag;
import io.jenkins.plugins.projectdeployer.embedded.ScenarioOutcome;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

/** Whole updates against embedded nodes over HTTP. */
class UpdateTest extends OnProd {

    @Test
    void a_bundle_goes_through_every_phase_and_is_active_with_its_connections_remapped() {
        Update update = deploy("v1");

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(update.phases()).extracting(Update.PhaseRun::phase).containsExactly(
                Phase.AUTHORIZE, Phase.FETCH, Phase.PLAN, Phase.GATE, Phase.RECHECK, Phase.PRE_HOOKS, Phase.SEND,
                Phase.CONFIGURE, Phase.PRELOAD, Phase.ACTIVATE, Phase.SECURE, Phase.VERIFY, Phase.POST_HOOKS, Phase.REPORT);
        assertThat(update.deploymentId()).isEqualTo("CHURN-on-prod");
        assertThat(update.nodes()).containsExactly(new Update.NodeResult("prod", "v1", Phase.VERIFY, null));
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project().owner()).isEqualTo("svc_deploy");
    }

    @Test
    void changes_are_made_as_the_deploying_user_and_administration_with_the_key_itself() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        deploy("v1");

        List<Call> calls = world.node("prod").calls();
        assertThat(calls).filteredOn(call -> call.path().contains("/projectsFromBundle") || call.path().contains("/actions/"))
                .isNotEmpty().allMatch(call -> "svc_deploy".equals(call.proxyUser()));
        assertThat(calls).filteredOn(call -> call.method().equals("PUT")
                        && (call.path().contains("/scenarios/") || call.path().endsWith("/permissions")))
                .isNotEmpty().allMatch(call -> call.proxyUser() == null);
    }

    @Test
    void without_a_deploy_as_user_the_requesting_user_deploys_and_owns() {
        world.policies("prod", PermissionsPropagation.NONE, null, null, null);
        Update update = deploy("v1");

        assertThat(update.plan().users().deployingUser()).isEqualTo("alice");
        assertThat(project().owner()).isEqualTo("alice");
    }

    @Test
    void propagation_read_only_makes_readers_and_names_whom_the_node_does_not_know() {
        world.policies("prod", PermissionsPropagation.READ_ONLY, "svc_deploy", null, null);
        Update update = deploy("v1");

        assertThat(project().permissions()).as("the group, and the design project's owner").hasSize(2);
        assertThat(project().permissions()).extracting(line -> line.path("group").asText(line.path("user").asText()))
                .containsExactlyInAnyOrder("churn-team", "alice");
        assertThat(project().permissions()).allMatch(line -> line.path("readProjectContent").asBoolean())
                .noneMatch(line -> line.path("runScenarios").asBoolean());
        assertThat(update.allMessages()).extracting(Message::text).filteredOn(text -> text.contains("nobody-there")).hasSize(1);
        assertThat(Report.forHook(update).messages()).anyMatch(text -> text.contains("nobody-there"));
        assertThat(world.node("prod").state().directory().hasGroup("nobody-there")).isFalse();
    }

    @Test
    void propagation_all_replicates_and_later_updates_leave_permissions_alone() {
        world.policies("prod", PermissionsPropagation.ALL, "svc_deploy", null, null);
        deploy("v1");
        assertThat(project().permissions().get(0).path("runScenarios").asBoolean()).isTrue();
        int lines = project().permissions().size();

        project().grant("release", ProjectFlag.readProjectContent);
        deploy("v2");
        assertThat(project().activeBundleId()).isEqualTo("v2");
        assertThat(project().permissions()).hasSize(lines + 1);
    }

    @Test
    void every_scenario_and_web_app_runs_as_the_policy_says_after_each_update_and_none_is_on_before() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_hooks");
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(new SettingsChange(
                null, null, null, null, null, null, Map.of("NIGHTLY", true), null, null)));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project().scenario("TEST_SMOKE").runAsUser()).isEqualTo("svc_run");
        assertThat(project().webapp("dash").runAsUser()).isEqualTo("svc_hooks");

        project().addLocalScenario("LOCAL", "carol").active(true);
        deploy("v2");
        assertThat(project().scenario("NIGHTLY").isActive()).as("keeps its state").isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(project().scenario("LOCAL").runAsUser()).as("all scenarios, local ones too").isEqualTo("svc_run");
        assertThat(project().scenario("LOCAL").isActive()).isTrue();
    }

    @Test
    void what_runs_as_the_right_user_already_is_not_written_again() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", "svc_run");
        BundleZip bundle = BundleZip.of("CHURN", "v1").connection("sql-dev", "PostgreSQL")
                .scenario("A", s -> s.put("runAsUser", "svc_run")).webapp("w", w -> w.put("runAsUser", "svc_run"));
        world.publish(bundle);
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").forgetCalls();
        world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(world.node("prod").calls()).filteredOn(call -> call.method().equals("PUT")
                && (call.path().contains("/scenarios/") || call.path().contains("/webapps/"))).isEmpty();
    }

    @Test
    void without_a_policy_a_scenario_stays_off_that_would_run_as_whom_the_bundle_names() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", null, null);
        world.publish(churn("v1").scenario("STEAL", definition -> definition.put("active", true).put("runAsUser", "svc_hooks")));
        SettingsChange on = new SettingsChange(null, null, null, null, null, null, Map.of("NIGHTLY", true, "STEAL", true), null, null);
        for (int i = 0; i < 2; i++) {
            Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(on));

            assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.WARNING);
            assertThat(update.messages()).extracting(Message::code).contains("SCENARIO_DISTRUSTED");
            assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
            assertThat(project().scenario("STEAL").isActive()).as("update %s", update.number()).isFalse();
        }
        project().scenario("STEAL").active(true);
        world.deploy(World.request("CHURN", "v1", "prod").settings(on));
        assertThat(project().scenario("STEAL").isActive()).as("switched on on the node").isTrue();
    }

    @Test
    void a_missing_connection_is_found_in_the_plan_and_nothing_is_touched() {
        world.connections("prod");
        Update update = deploy("v1");

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::code).contains("ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION");
        assertThat(world.node("prod").state().findProject("CHURN")).isEmpty();
        assertThat(world.node("prod").calls()).noneMatch(call -> !call.method().equals("GET"));
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).as("nothing was created").isEmpty();
    }

    @Test
    void where_the_journal_stands_is_told_in_the_build_log_and_the_system_log() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(UpdateRun.class.getName());
        StreamHandler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                logged.add(new SimpleFormatter().formatMessage(entry));
            }
        };
        logger.addHandler(handler);
        try {
            deploy("v1");
        } finally {
            logger.removeHandler(handler);
        }

        String stands = "audit: the journal stands at " + world.deployer().records().head();
        assertThat(world.lines()).contains(stands);
        assertThat(logged).contains("Update 1 ended; " + stands);
    }

    @Test
    void four_nodes_are_sent_to_at_once_and_no_more() {
        several("many", 8);
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 1; i <= 8; i++) {
            world.node("many-" + i).faults().on("POST", "*/projectsFromBundle/").once(new Fault.Meanwhile(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    four.await(60, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException("fewer than four at once", e);
                } finally {
                    now.decrementAndGet();
                }
            }));
        }
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "many"));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(most).hasValue(4);
    }

    @Test
    void a_dry_run_ends_with_the_plan_and_touches_nothing() {
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").dryRun(true));

        assertThat(update.status()).isEqualTo(UpdateStatus.PLANNED);
        assertThat(update.plan().deployment().id()).isEqualTo("CHURN-on-prod");
        assertThat(world.node("prod").calls()).allMatch(call -> call.method().equals("GET"));
    }

    @Test
    void who_may_not_deploy_is_refused_and_who_may_not_see_learns_nothing() {
        world.publish(churn("v1"));
        Update carol = world.deploy(request("carol", "prod"));
        Update nowhere = world.deploy(request("carol", "nowhere"));

        assertThat(carol.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(carol.messages().get(0).code()).isEqualTo("NOT_FOUND");
        assertThat(carol.messages().get(0).text().replace("prod", "X"))
                .isEqualTo(nowhere.messages().get(0).text().replace("nowhere", "X"));
        assertThat(world.node("prod").calls()).isEmpty();
    }

    @Test
    void everybody_who_started_the_build_must_hold_the_rights() {
        world.publish(churn("v1"));
        Update update = world.deploy(new io.jenkins.plugins.projectdeployer.model.DeployRequest.Builder(
                "two", List.of("alice", "carol"), "CHURN", "prod").bundle("v1"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
    }

    private static io.jenkins.plugins.projectdeployer.model.DeployRequest.Builder request(String user, String infrastructure) {
        return io.jenkins.plugins.projectdeployer.model.DeployRequest
                .of(user + infrastructure, user, "CHURN", infrastructure).bundle("v1");
    }

    @Test
    void variables_and_tags_and_triggers_of_the_deployment_reach_the_node() {
        world.publish(churn("v1").variable("region", "eu"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(new SettingsChange(null, null, null, null, null,
                Map.of("cluster", TextNode.valueOf("k8s-prod")), null, true, List.of("nightly"))));

        assertThat(project().localVariables().path("cluster").asText()).isEqualTo("k8s-prod");
        assertThat(project().standardVariables().path("region").asText()).isEqualTo("eu");
        assertThat(project().settings().path("settings").path("disableAutomaticTriggers").asBoolean()).isTrue();
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().tags()).containsExactly("nightly");
    }

    @Test
    void the_infrastructures_remaps_are_copied_at_creation_and_the_deployments_own_win() {
        deploy("v1");
        world.node("prod").state().resources().connection("sql-new", "PostgreSQL");
        world.connections("prod", new Remap("sql-dev", "sql-new"));

        deploy("v2");
        assertThat(project().connectionOf("customers")).as("later edits touch no existing deployment").isEqualTo("sql-prod");

        world.publish(churn("v3"));
        world.deploy(World.request("CHURN", "v3", "prod").settings(new SettingsChange(
                null, List.of(new Remap("sql-dev", "sql-new")), null, null, null, null, null, null, null)));
        assertThat(project().connectionOf("customers")).isEqualTo("sql-new");
    }

    @Test
    void a_project_that_nobody_claims_is_adopted_by_an_administrator_of_the_infrastructure_alone() {
        world.node("prod").state().addProject("CHURN", "svc_deploy");
        Update refused = deploy("v1");
        assertThat(refused.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(refused.messages()).extracting(Message::text).anyMatch(text -> text.contains("adopt"));

        Update alice = world.deploy(World.request("CHURN", "v1", "prod").adopt(true));
        assertThat(alice.status()).as("alice has no ADMIN").isEqualTo(UpdateStatus.FAILED);

        Update bob = world.deploy(new io.jenkins.plugins.projectdeployer.model.DeployRequest.Builder(
                "bob", List.of("bob"), "CHURN", "prod").bundle("v1").adopt(true));
        assertThat(bob.status()).as("%s", bob.messages()).isIn(UpdateStatus.SUCCESS, UpdateStatus.WARNING);
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().adopted()).isTrue();
        assertThat(project().activeBundleId()).isEqualTo("v1");
    }

    @Test
    void a_second_update_is_refused_by_name_or_waits_in_line() throws Exception {
        world.publish(churn("v1"));
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.Hang());
        Update first = world.submit(World.request("CHURN", "v1", "prod").build());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                world.deployer().records().update(first.number()).orElseThrow().phase() == Phase.PRELOAD);

        Update second = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(second.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(second.messages().get(0).text())
                .contains("update " + first.number() + " by alice is in phase preload").contains("queue");

        Update queued = world.submit(World.request("CHURN", "v1", "prod").queue(true).build());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> world.deployer().records()
                .update(queued.number()).orElseThrow().phase() == Phase.AUTHORIZE);
        world.node("prod").faults().release();
        assertThat(world.await(queued).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.deployer().records().update(first.number()).orElseThrow().status().ended()).isTrue();
    }

    @Test
    void the_same_key_is_taken_once_however_often_it_is_submitted() {
        world.publish(churn("v1"));
        var request = World.request("CHURN", "v1", "prod").build();
        Update first = world.submit(request);
        Update again = world.submit(request);
        assertThat(again.number()).isEqualTo(first.number());
        world.await(first);
        assertThat(world.submit(request).status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(world.node("prod").calls()).filteredOn(call -> call.path().contains("projectsFromBundle")).hasSize(1);
    }

    @Test
    void a_failed_test_scenario_fails_the_update_and_rolls_back_what_was_there_before() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(new SettingsChange(
                null, null, null, null, null, Map.of("n", TextNode.valueOf("1")), Map.of("NIGHTLY", true), null, null)));
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v2"));

        Update update = world.deploy(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).settings(new SettingsChange(
                        null, null, null, null, null, Map.of("n", TextNode.valueOf("2")), Map.of("NIGHTLY", false), null, null)));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(update.messages()).extracting(Message::code).contains("TEST_FAILED");
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().localVariables().path("n").asText()).isEqualTo("1");
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
        assertThat(update.nodes()).extracting(Update.NodeResult::activeBundle).containsExactly("v1");
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().bundleId())
                .as("the deployment wants again what is there").isEqualTo("v1");
    }

    @Test
    void going_back_after_a_failure_restores_remappings_settings_permissions_and_run_as_users() {
        world.policies("prod", PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", "svc_run");
        world.node("prod").state().resources().connection("sql-new", "PostgreSQL");
        deploy("v1");
        project().webapp("dash").runAsUser("svc_hooks");
        project().scenario("NIGHTLY").active(true);
        var settings = project().settings().deepCopy();
        var permissions = project().permissions().deepCopy();
        assertThat(permissions).isNotEmpty();
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v2"));
        List<String> meanwhile = new java.util.ArrayList<>();
        world.barrier(place -> {
            if (place.equals("before ROLL_BACK")) {
                meanwhile.add(project().connectionOf("customers") + " " + project().webapp("dash").runAsUser() + " "
                        + project().settings().path("settings").path("disableAutomaticTriggers"));
                project().grant("release", ProjectFlag.admin);
            }
        });
        Update update = world.deploy(World.request("CHURN", "v2", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).settings(new SettingsChange(
                        null, List.of(new Remap("sql-dev", "sql-new")), null, null, null, null, null, true, null)));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(meanwhile).as("it was otherwise in between").containsExactly("sql-new svc_run true");
        assertThat(project().settings()).isEqualTo(settings);
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");
        assertThat(project().permissions()).isEqualTo(permissions);
        assertThat(project().webapp("dash").runAsUser()).isEqualTo("svc_hooks");
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
    }

    @Test
    void going_back_from_a_first_deployment_leaves_the_project_with_its_scenarios_off_and_says_so() {
        world.node("prod").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v1"));
        Update update = world.deploy(World.request("CHURN", "v1", "prod").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK).settings(new SettingsChange(
                        null, null, null, null, null, null, Map.of("NIGHTLY", true), null, null)));

        assertThat(update.status()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(project().scenario("NIGHTLY").isActive()).isFalse();
        assertThat(update.messages()).extracting(Message::code).contains("LEFT_WITH_SCENARIOS_OFF");
    }

    @Test
    void an_explicit_roll_back_is_an_update_of_its_own() {
        world.policies("prod", PermissionsPropagation.NONE, "svc_deploy", "svc_run", null);
        deploy("v1");
        project().scenario("NIGHTLY").active(true);
        Update second = deploy("v2");
        project().grant("release", ProjectFlag.admin);
        project().scenario("NIGHTLY").active(false);

        Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(second.number()));

        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().permissions()).as("as they were before the second update").isEmpty();
        assertThat(project().scenario("NIGHTLY").isActive()).isTrue();
        assertThat(project().scenario("NIGHTLY").runAsUser()).isEqualTo("svc_run");
    }

    @Test
    void a_failure_on_one_of_several_nodes_takes_all_of_them_back() {
        several("trio", 3);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "trio").settings(variable("n", "1")));
        world.publish(churn("v2"));
        world.node("trio-2").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));

        Update update = world.deploy(World.request("CHURN", "v2", "trio").settings(variable("n", "2")).onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        assertThat(update.nodes()).extracting(Update.NodeResult::activeBundle).containsExactly("v1", "v1", "v1");
        for (int i = 1; i <= 3; i++) {
            assertThat(world.node("trio-" + i).state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(world.node("trio-" + i).state().project("CHURN").localVariables().path("n").asText()).isEqualTo("1");
        }
    }

    @Test
    void a_node_that_cannot_go_back_is_told_of_and_the_others_go_back_all_the_same() {
        several("pair", 2);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "pair"));
        world.node("pair-1").state().scenarioEnds("CHURN", "TEST_SMOKE", ScenarioOutcome.ends("FAILED"));
        world.publish(churn("v2"));
        world.node("pair-1").faults().on("POST", "*/v1/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));

        Update update = world.deploy(World.request("CHURN", "v2", "pair").testScenarios(List.of("TEST_SMOKE"))
                .onFailure(OnFailure.ROLLBACK));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.nodes()).extracting(Update.NodeResult::node, Update.NodeResult::activeBundle)
                .containsExactlyInAnyOrder(tuple("pair-1", "v2"), tuple("pair-2", "v1"));
        assertThat(world.node("pair-1").state().project("CHURN").activeBundleId()).isEqualTo("v2");
        assertThat(world.node("pair-2").state().project("CHURN").activeBundleId()).isEqualTo("v1");
        assertThat(update.messages()).extracting(Message::text)
                .anyMatch(text -> text.contains("node pair-1 has bundle v2 active") && text.contains("node pair-2 has bundle v1 active"));
    }

    @Test
    void an_explicit_roll_back_goes_back_on_every_node() {
        several("pair", 2);
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "pair").settings(variable("n", "1")));
        world.publish(churn("v2"));
        Update second = world.deploy(World.request("CHURN", "v2", "pair").settings(variable("n", "2")));

        Update back = world.deploy(World.request("CHURN", null, "pair").rollBackOf(second.number()));

        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.SUCCESS);
        for (int i = 1; i <= 2; i++) {
            assertThat(world.node("pair-" + i).state().project("CHURN").activeBundleId()).isEqualTo("v1");
            assertThat(world.node("pair-" + i).state().project("CHURN").localVariables().path("n").asText()).isEqualTo("1");
        }
    }

    private static SettingsChange variable(String name, String value) {
        return new SettingsChange(null, null, null, null, null, Map.of(name, TextNode.valueOf(value)), null, null, null);
    }

    @Test
    void an_activation_that_the_node_refuses_fails_with_the_nodes_own_words() {
        deploy("v1");
        world.publish(churn("v2"));
        world.node("prod").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update update = world.deploy(World.request("CHURN", "v2", "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(Course.failedPhase(update)).contains(Phase.ACTIVATE);
        assertThat(update.messages()).extracting(Message::text).anyMatch(text -> text.contains("No more disk"));
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(update.nodes()).containsExactly(new Update.NodeResult(
                "prod", "v1", Phase.PRELOAD, "activate: " + update.messages().get(0).text()));
    }

    @Test
    void an_abort_ends_the_update_says_what_is_where_and_frees_the_deployment() {
        world.publish(churn("v1"));
        world.node("prod").faults().on("POST", "*/actions/preload").once(new Fault.Hang());
        Update first = world.submit(World.request("CHURN", "v1", "prod").build());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> world.node("prod").calls().stream()
                .anyMatch(call -> call.path().endsWith("/preload"))
                || world.deployer().records().update(first.number()).orElseThrow().phase() == Phase.PRELOAD);

        world.deployer().abort(first.request().key(), "bob");
        Update ended = world.await(first);

        assertThat(ended.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(ended.nodes().get(0).reached()).isEqualTo(Phase.CONFIGURE);
        world.node("prod").faults().release();
        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void of_two_that_wait_in_line_the_first_goes_first_although_the_second_is_quicker() {
        deploy("v1");
        world.publish(churn("v2"));
        world.publish(churn("v3"));
        CountDownLatch held = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        world.barrier(place -> {
            if (place.equals("before " + Phase.AUTHORIZE) && isFirst.getAndSet(false)) {
                await(held);
            }
        });
        Update first = world.submit(World.request("CHURN", "v2", "prod").queue(true).build());
        patiently().until(() -> !isFirst.get());
        Update second = world.submit(World.request("CHURN", "v3", "prod").queue(true).build());
        patiently().until(() -> {
            Update now = world.deployer().records().update(second.number()).orElseThrow();
            return now.deploymentId() != null && now.status() == UpdateStatus.QUEUED;
        });
        held.countDown();

        assertThat(world.await(first).bundleBefore()).isEqualTo("v1");
        assertThat(world.await(second).bundleBefore()).isEqualTo("v2");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void when_the_build_is_gone_the_update_ends_at_the_next_boundary() {
        world.publish(churn("v1"));
        world.wanted(false);
        Update update = world.deploy(World.request("CHURN", "v1", "prod").origin(
                new io.jenkins.plugins.projectdeployer.model.DeployRequest.Origin("job#1", "job", null)));

        assertThat(update.status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(world.node("prod").calls()).isEmpty();
    }

    /** It would be tried again and again, with the deployment's place taken: only smaller variables help. */
    @Test
    void what_is_too_large_to_be_recorded_fails_the_update_and_frees_the_deployment() {
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.node("prod").state().project("CHURN").localVariable("model", "x".repeat(17 << 20));

        Update update = world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::code).contains("RECORD_TOO_LARGE");
        assertThat(update.messages()).extracting(Message::text).anyMatch(text -> text.contains("smaller"));
        assertThat(world.deployer().records().openUpdates()).isEmpty();
    }

    @Test
    void several_nodes_are_deployed_as_one_and_a_partial_failure_is_healed_by_the_next_update() {
        several("pair", 3);
        world.publish(churn("v1"));
        world.node("pair-2").faults().on("POST", "*/actions/preload").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));

        Update update = world.deploy(World.request("CHURN", "v1", "pair"));
        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.nodes()).hasSize(3);
        for (int i = 1; i <= 3; i++) {
            assertThat(world.node("pair-" + i).state().project("CHURN").activeBundleId())
                    .as("no node is activated before every node has preloaded").isNull();
        }
        assertThat(update.messages()).extracting(Message::node).contains("pair-2");

        Update next = world.deploy(World.request("CHURN", "v1", "pair"));
        assertThat(next.status()).as("%s", next.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(next.nodes()).extracting(Update.NodeResult::activeBundle).containsOnly("v1");
    }
}
