package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Call;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What becomes of deployments and bundles over several updates, and who may change them. */
class DeploymentLifeTest extends OnProd {

    private Administration administration() {
        return world.deployer().administration();
    }

    private static void refused(Refused.Reason reason, ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.getMessage()).contains(words);
        });
    }

    private static SettingsChange variables(String name, String value) {
        return new SettingsChange(null, null, null, null, null, Map.of(name, TextNode.valueOf(value)), null, null, null);
    }

    @Test
    void changed_settings_and_a_changed_bundle_take_effect_at_the_next_update_and_not_before() {
        deploy("v1");
        world.publish(churn("v2"));
        int calls = node().calls().size();

        administration().change("alice", "churn-ON-prod", "v2", variables("region", "eu"));
        assertThat(node().calls()).hasSize(calls);
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(project().localVariables().has("region")).isFalse();

        Update update = world.deploy(World.request("CHURN", null, "prod"));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().activeBundleId()).isEqualTo("v2");
        assertThat(project().localVariables().path("region").asText()).isEqualTo("eu");
    }

    @Test
    void settings_do_not_change_under_an_update_that_is_on_its_way() {
        deploy("v1");
        world.publish(churn("v2"));
        node().faults().on("POST", "*/v2/actions/preload").once(new Fault.Hang());
        Update update = world.submit(World.request("CHURN", "v2", "prod").build());
        patiently().until(() -> world.deployer().records().update(update.number()).orElseThrow().phase() == Phase.PRELOAD);

        refused(Refused.Reason.CONFLICT, () -> administration().change("alice", "CHURN-on-prod", null, variables("a", "b")),
                "update " + update.number() + " by alice");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteDeployment("alice", "CHURN-on-prod"),
                "update " + update.number() + " by alice");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteBundle("alice", "CHURN", "v2"),
                "CHURN");
        world.deployer().abort(update.request().key(), "alice");
        world.await(update);
    }

    @Test
    void who_lacks_the_right_changes_nothing_and_who_sees_nothing_learns_nothing() {
        deploy("v1");
        // dave may look at everything, and carol at nothing.
        world.person("dave", false, "lookers");
        world.change("prod", it -> new Infrastructure(it.id(), it.stage(), it.nodes(),
                it.externalUrl(), Stream.concat(it.grants().stream(), Stream.of(Grant.toGroup("lookers",
                        InfrastructureRight.READ))).toList(), it.connections(),
                it.codeEnvs(), it.containerExecs(), it.codeEnvsBehavior(), it.policies(), it.hooks(), it.allowedJobs()));
        List<Grant<ProjectRight>> grants = new ArrayList<>(world.deployer().records().project("CHURN").orElseThrow().grants());
        grants.add(Grant.toGroup("lookers", ProjectRight.READ));
        administration().changeGrants("alice", "CHURN", grants);

        refused(Refused.Reason.FORBIDDEN, () -> administration().change("dave", "CHURN-on-prod", null, variables("a", "b")),
                "need Deploy on infrastructure prod");
        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteDeployment("dave", "CHURN-on-prod"),
                "need Deploy on infrastructure prod");
        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteBundle("dave", "CHURN", "v1"), "need Admin");
        refused(Refused.Reason.FORBIDDEN, () -> administration().changeGrants("dave", "CHURN", List.of()), "need Admin");
        refused(Refused.Reason.FORBIDDEN, () -> administration().changeGrants("bob", "CHURN", List.of()), "need Admin");
        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteProject("bob", "CHURN"), "need Admin");

        hidden(() -> administration().deleteDeployment("carol", "CHURN-on-prod"), "CHURN-on-prod",
                () -> administration().deleteDeployment("carol", "NOTHING-on-prod"), "NOTHING-on-prod");
        hidden(() -> administration().change("carol", "CHURN-on-prod", null, SettingsChange.NONE), "CHURN-on-prod",
                () -> administration().change("carol", "NOTHING-on-prod", null, SettingsChange.NONE), "NOTHING-on-prod");
        hidden(() -> administration().deleteBundle("carol", "CHURN", "v1"), "CHURN",
                () -> administration().deleteBundle("carol", "NOTHING", "v1"), "NOTHING");
        hidden(() -> administration().changeGrants("carol", "CHURN", List.of()), "CHURN",
                () -> administration().changeGrants("carol", "NOTHING", List.of()), "NOTHING");
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().variables()).isNull();
    }

    @Test
    void what_is_in_the_way_is_named_only_to_whoever_may_see_it() throws IOException {
        deploy("v1");
        // erin administers the project and sees no infrastructure.
        world.person("erin", false);
        List<Grant<ProjectRight>> grants = new ArrayList<>(world.deployer().records().project("CHURN").orElseThrow().grants());
        grants.add(Grant.toUser("erin", ProjectRight.ADMIN));
        administration().changeGrants("alice", "CHURN", grants);
        named(() -> administration().deleteBundle("alice", "CHURN", "v1"), () -> administration().deleteBundle("erin", "CHURN", "v1"),
                "Bundle \"v1\" of project \"CHURN\" is needed by", "deployment \"CHURN-on-prod\" on infrastructure \"prod\"");
        named(() -> administration().deleteProject("alice", "CHURN"), () -> administration().deleteProject("erin", "CHURN"),
                "Published project \"CHURN\" is needed by", "deployment \"CHURN-on-prod\" on infrastructure \"prod\"");

        world.publish(churn("v2"));
        node().faults().on("POST", "*/v2/actions/preload").once(new Fault.Hang());
        Update update = world.submit(World.request("CHURN", "v2", "prod").build());
        patiently().until(() -> world.deployer().records().update(update.number()).orElseThrow().phase() == Phase.PRELOAD);
        named(() -> administration().deleteBundle("alice", "CHURN", "v2"), () -> administration().deleteBundle("erin", "CHURN", "v2"),
                "is needed by", "update " + update.number() + " by alice, which is in phase preload");
        world.deployer().abort(update.request().key(), "alice");
        world.await(update);
    }

    private static void named(ThrowingCallable toOneWhoSees, ThrowingCallable toOneWhoDoesNot, String toBoth, String name) {
        refused(Refused.Reason.CONFLICT, toOneWhoSees, toBoth, name);
        assertThatThrownBy(toOneWhoDoesNot).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refused.Reason.CONFLICT);
            assertThat(refused.getMessage()).contains(toBoth).doesNotContain("prod", "alice", "preload");
        });
    }

    /** Hidden and absent are answered alike. */
    private static void hidden(ThrowingCallable there, String name, ThrowingCallable absent, String otherName) {
        assertThat(message(there).replace(name, "X")).isEqualTo(message(absent).replace(otherName, "X"));
    }

    private static String message(ThrowingCallable call) {
        Refused refused = org.assertj.core.api.Assertions.catchThrowableOfType(Refused.class, call);
        assertThat(refused.reason()).isEqualTo(Refused.Reason.NOT_FOUND);
        return refused.getMessage();
    }

    @Test
    void changed_grants_count_at_the_next_request() {
        world.publish(churn("v1"));
        administration().changeGrants("alice", "CHURN", List.of(Grant.toUser("bob", ProjectRight.ADMIN)));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).messages()).extracting(Message::code).containsExactly("NOT_FOUND");
        administration().changeGrants("bob", "CHURN", List.of(Grant.toUser("alice", ProjectRight.DEPLOY)));
        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_deleted_deployment_leaves_its_project_on_the_node_where_nobody_claims_it_any_more() {
        deploy("v1");
        administration().deleteDeployment("alice", "CHURN-on-prod");

        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isEmpty();
        assertThat(project().activeBundleId()).isEqualTo("v1");
        assertThat(node().calls()).noneMatch(call -> call.method().equals("DELETE"));

        Update next = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(next.messages()).extracting(Message::code).as("a project of nobody is adopted on purpose or not at all")
                .contains("PROJECT_OF_NOBODY");
    }

    @Test
    void who_may_deploy_to_the_infrastructure_and_only_read_the_project_deletes_no_deployment_of_it() {
        deploy("v1");
        administration().changeGrants("alice", "CHURN",
                List.of(Grant.toUser("alice", ProjectRight.ADMIN), Grant.toUser("bob", ProjectRight.READ)));

        refused(Refused.Reason.FORBIDDEN, () -> administration().deleteDeployment("bob", "CHURN-on-prod"), "Deploy", "CHURN");
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isPresent();
    }

    @Test
    void a_deployment_whose_infrastructure_is_gone_is_cleared_away_by_an_administrator_of_jenkins_alone() {
        deploy("v1");
        world.forget("prod");
        refused(Refused.Reason.NOT_FOUND, () -> administration().deleteDeployment("alice", "CHURN-on-prod"), "There is no deployment");
        administration().deleteDeployment("admin", "CHURN-on-prod");
        assertThat(world.deployer().records().deployments()).isEmpty();
    }

    @Test
    void what_a_deleted_deployment_did_cannot_be_undone_by_its_namesake() {
        deploy("v1");
        Update second = deploy("v2");
        administration().deleteDeployment("alice", "CHURN-on-prod");
        world.publish(churn("v3"));
        world.deploy(new DeployRequest.Builder("again", List.of("bob"), "CHURN", "prod").bundle("v3").adopt(true));
        assertThat(world.deployer().records().deployment("CHURN-on-prod")).isPresent();

        Update back = world.deploy(World.request("CHURN", null, "prod").rollBackOf(second.number()));
        assertThat(back.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(back.messages().get(0).text()).contains("There is no update of deployment CHURN-on-prod");
        assertThat(project().activeBundleId()).isEqualTo("v3");
    }

    @Test
    void a_project_made_by_hand_after_the_node_refused_to_create_it_is_not_overwritten() {
        world.publish(churn("v1"));
        node().faults().on("POST", "/projectsFromBundle/").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update refused = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(refused.messages()).extracting(Message::text).anyMatch(text -> text.contains("No more disk"));
        node().state().addProject("CHURN", "svc_deploy");

        Update next = world.deploy(World.request("CHURN", "v1", "prod"));
        assertThat(next.messages()).extracting(Message::code).contains("PROJECT_OF_NOBODY");
        assertThat(project().activeBundleId()).isNull();
    }

    @Test
    void a_deployed_bundle_is_not_deleted_and_one_that_is_not_is_gone_with_its_file() throws IOException {
        deploy("v1");
        deploy("v2");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteBundle("alice", "CHURN", "v2"), "is needed by deployment \"CHURN-on-prod\"");
        refused(Refused.Reason.CONFLICT, () -> administration().deleteProject("alice", "CHURN"), "CHURN-on-prod");

        administration().deleteBundle("alice", "CHURN", "v1");
        assertThat(world.deployer().records().bundles("CHURN")).extracting(Bundle::bundleId).containsExactly("v2");
        assertThat(bundleFiles()).hasSize(1);

        administration().deleteDeployment("alice", "CHURN-on-prod");
        administration().deleteProject("alice", "CHURN");
        assertThat(world.deployer().records().projects()).isEmpty();
        assertThat(bundleFiles()).isEmpty();
    }

    private List<Path> bundleFiles() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("bundles"))) {
            return files.filter(file -> file.toString().endsWith(".zip")).toList();
        }
    }

    @Test
    void the_same_id_with_other_content_is_refused_even_after_the_first_was_deleted() throws IOException {
        byte[] first = churn("v1").bytes();
        world.publish("alice", first);
        world.publish("alice", first);
        assertThat(world.deployer().records().bundles("CHURN")).as("the same again is no other").hasSize(1);
        refused(Refused.Reason.CONFLICT, () -> world.publish(churn("v1").variable("new", "1")), "with other content", "id of its own");
        administration().deleteBundle("alice", "CHURN", "v1");
        refused(Refused.Reason.CONFLICT, () -> world.publish(churn("v1").variable("new", "1")), "was published before");
        assertThat(bundleFiles()).isEmpty();
    }

    @Test
    void a_project_keeps_to_its_quota_and_the_disk_to_its_floor() throws IOException {
        Bundle first = world.publish(churn("v1"));
        world.bundleStorage(new BundleStorage(null, 0, first.size() + 10, 0, 2, 0));
        refused(Refused.Reason.NO_SPACE, () -> world.publish(churn("v2")), "CHURN", "delete bundles");
        world.publish(BundleZip.of("OTHER", "v1"));
        world.bundleStorage(new BundleStorage(null, Long.MAX_VALUE, 0, 0, 2, 0));
        refused(Refused.Reason.NO_SPACE, () -> world.publish(churn("v2")), "must stay free");
        assertThat(bundleFiles()).hasSize(2);
        world.bundleStorage(new BundleStorage(null, 0, 0, 0, 2, 0));
        assertThat(deploy("v2").status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void retention_follows_each_publication_and_each_update() throws IOException {
        deploy("v1");
        world.bundleStorage(new BundleStorage(null, 0, 0, 1, 1, 0));
        world.publish(churn("v2"));
        assertThat(bundles()).as("one is new, one is deployed").containsExactly("v2", "v1");
        world.publish(churn("v3"));
        assertThat(bundles()).containsExactly("v3", "v1");
        world.deploy(World.request("CHURN", "v3", "prod"));
        patiently().untilAsserted(() -> assertThat(bundles()).containsExactly("v3"));
        assertThat(bundleFiles()).hasSize(1);
    }

    @Test
    void an_updates_end_looks_at_the_bundles_of_its_own_project_alone() {
        deploy("v1");
        world.publish(churn("v2"));
        world.publish(BundleZip.of("FRAUD", "v1"));
        world.publish(BundleZip.of("FRAUD", "v2"));
        world.bundleStorage(new BundleStorage(null, 0, 0, 1, 0, 0));
        world.deploy(World.request("CHURN", "v2", "prod"));
        patiently().untilAsserted(() -> assertThat(bundles()).containsExactly("v2"));
        assertThat(world.deployer().records().bundlesInBrief("FRAUD")).hasSize(2);
    }

    private List<String> bundles() {
        return world.deployer().records().bundles("CHURN").stream().map(Bundle::bundleId).toList();
    }

    @Test
    void a_deployment_that_uses_the_infrastructures_remapping_reads_it_anew_at_each_update() {
        node().state().resources().connection("sql-new", "PostgreSQL").connection("sql-newest", "PostgreSQL");
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "prod").settings(readsAnew()));
        assertThat(project().connectionOf("customers")).isEqualTo("sql-prod");

        world.connections("prod", new Remap("sql-dev", "sql-new"));
        deploy("v2");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-new");

        administration().change("alice", "CHURN-on-prod", null, new SettingsChange(
                null, List.of(new Remap("sql-dev", "sql-prod")), null, null, null, null, null, null, null));
        deploy("v3");
        assertThat(project().connectionOf("customers")).as("the deployment's own win").isEqualTo("sql-prod");
    }

    @Test
    void a_deployment_that_begins_to_use_the_infrastructures_remapping_gives_up_what_it_had_copied() {
        node().state().resources().connection("sql-new", "PostgreSQL");
        deploy("v1");
        administration().change("alice", "CHURN-on-prod", null, readsAnew());
        world.connections("prod", new Remap("sql-dev", "sql-new"));
        deploy("v2");
        assertThat(project().connectionOf("customers")).isEqualTo("sql-new");
    }

    private static SettingsChange readsAnew() {
        return new SettingsChange(null, null, null, null, true, null, null, null, null);
    }

    @Test
    void a_new_project_is_made_in_its_folder_and_a_folder_that_is_missing_is_named() {
        world.publish(churn("v1"));
        Update missing = world.deploy(World.request("CHURN", "v1", "prod").settings(folder("/Marketing/Nowhere")));
        assertThat(missing.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(missing.phases()).extracting(Update.PhaseRun::phase).as("the plan finds it").doesNotContain(Phase.RECHECK);
        assertThat(missing.messages()).extracting(Message::text)
                .anyMatch(text -> text.contains("no project folder \"/Marketing/Nowhere\"") && text.contains("change projectFolder"));
        assertThat(node().state().findProject("CHURN")).isEmpty();

        String marketing = node().state().folders().add("ROOT", "Marketing");
        Update update = world.deploy(World.request("CHURN", "v1", "prod").settings(folder("/Marketing")));
        assertThat(update.status()).as("%s", update.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(project().folderId()).isEqualTo(marketing);
    }

    private static SettingsChange folder(String path) {
        return new SettingsChange(path, null, null, null, null, null, null, null, null);
    }

    @Test
    void updates_in_line_are_carried_out_in_the_order_in_which_they_came() {
        world.publish(churn("v1"));
        CountDownLatch go = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        world.barrier(place -> {
            if (place.equals("before SEND")) {
                order.add(place);
                await(go);
            }
        });
        List<Update> line = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            String value = String.valueOf(i);
            line.add(world.submit(World.request("CHURN", "v1", "prod").queue(true).settings(variables("n", value)).build()));
            int number = i;
            patiently().until(() -> number == 1 ? order.size() == 1 : world.deployer().records()
                    .update(line.get(number - 1).number()).orElseThrow().status() == UpdateStatus.QUEUED
                    && world.deployer().records().update(line.get(number - 1).number()).orElseThrow().phase() == Phase.AUTHORIZE);
        }
        go.countDown();
        List<Update> ended = line.stream().map(world::await).toList();

        assertThat(ended).allMatch(update -> update.status() == UpdateStatus.SUCCESS);
        assertThat(ended).extracting(Update::endedAt).isSorted();
        assertThat(project().localVariables().path("n").asText()).isEqualTo("4");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void four_updates_work_on_an_infrastructure_at_once_and_the_others_are_seen_to_wait() {
        CountDownLatch go = new CountDownLatch(1);
        world.barrier(place -> {
            if (place.equals("before SEND")) {
                await(go);
            }
        });
        List<Update> updates = IntStream.rangeClosed(1, 6).mapToObj(i -> {
            world.publish(BundleZip.of("P" + i, "v1"));
            return world.submit(World.request("P" + i, "v1", "prod").build());
        }).toList();
        patiently().until(() -> inPhase(Phase.SEND) == 4 && inPhase(Phase.RECHECK) == 2);

        assertThat(world.deployer().records().openUpdates().stream().filter(update -> update.phase() == Phase.RECHECK))
                .extracting(Update::status).containsOnly(UpdateStatus.QUEUED);
        assertThat(node().calls()).as("those that wait have read, and touched nothing").noneMatch(call -> !call.method().equals("GET"));
        go.countDown();
        assertThat(updates.stream().map(world::await)).extracting(Update::status).containsOnly(UpdateStatus.SUCCESS);
    }

    private long inPhase(Phase phase) {
        return world.deployer().records().openUpdates().stream().filter(update -> update.phase() == phase).count();
    }

    @Test
    void a_jenkins_user_acts_on_the_node_as_the_mapped_login() {
        world.policies("prod", PermissionsPropagation.NONE, null, null, null);
        world.loginMapping(new LoginMapping(List.of(new LoginMapping.Entry("ALICE", "svc_hooks")), null));
        Update update = deploy("v1");

        assertThat(update.plan().users().requestingLogin()).isEqualTo("svc_hooks");
        assertThat(project().owner()).isEqualTo("svc_hooks");
        assertThat(node().calls()).filteredOn(call -> call.path().contains("projectsFromBundle"))
                .isNotEmpty().extracting(Call::proxyUser).containsOnly("svc_hooks");
    }

    @Test
    void a_partial_failure_of_activation_says_what_is_where_and_the_next_update_heals_it() {
        world.infrastructure("trio", "Production", 3).connections("trio", new Remap("sql-dev", "sql-prod"));
        for (int i = 1; i <= 3; i++) {
            world.node("trio-" + i).state().resources().connection("sql-prod", "PostgreSQL");
        }
        world.publish(churn("v1"));
        world.deploy(World.request("CHURN", "v1", "trio"));
        world.publish(churn("v2"));
        world.node("trio-2").faults().on("POST", "*/v2/actions/activate").once(new Fault.DataikuError(500, "java.io.IOException", "No more disk"));
        Update update = world.deploy(World.request("CHURN", "v2", "trio"));

        assertThat(update.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(update.messages()).extracting(Message::text)
                .anyMatch(text -> text.contains("node trio-1 has bundle v2 active") && text.contains("node trio-2 has bundle v1 active")
                        && text.contains("node trio-3 has bundle v2 active"));
        assertThat(update.nodes()).filteredOn(node -> node.problem() != null).extracting(Update.NodeResult::node).containsExactly("trio-2");
        assertThat(update.isDeployed()).isFalse();

        Update next = world.deploy(World.request("CHURN", "v2", "trio"));
        assertThat(next.status()).as("%s", next.messages()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(next.nodes()).extracting(Update.NodeResult::activeBundle).containsOnly("v2");
        assertThat(world.node("trio-2").state().project("CHURN").activeBundleId()).isEqualTo("v2");
    }

    @Test
    void tags_of_a_deployment_are_kept_and_replaced() {
        deploy("v1");
        administration().change("alice", "CHURN-on-prod", null,
                new SettingsChange(null, null, null, null, null, null, null, null, List.of("gold", "eu")));
        administration().change("alice", "CHURN-on-prod", null, variables("a", "b"));
        assertThat(world.deployer().records().deployment("CHURN-on-prod").orElseThrow().settings().tags()).containsExactly("gold", "eu");
    }
}
