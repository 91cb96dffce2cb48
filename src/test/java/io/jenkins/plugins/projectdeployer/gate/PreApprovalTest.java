package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.PreApproval;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.Vote;
import io.jenkins.plugins.projectdeployer.node.http.NodeTimeouts;
import io.jenkins.plugins.projectdeployer.store.GateRecords;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvals that are given before anybody has asked. */
class PreApprovalTest {

    @TempDir
    Path home;

    private World world;
    private Gated gated;

    @BeforeEach
    void open() {
        world = new World(home);
        gated = new Gated(world, World.approvals(1, RELEASE));
    }

    @AfterEach
    void close() {
        gated.close();
    }

    private PreApproval preApprove(String userId) {
        PreApprovals door = world.deployer().preApprovals();
        return door.preApprove(userId, "CHURN", "v1", "prod", "as planned", door.preview(userId, "CHURN", "v1", "prod").digest());
    }

    @Test
    void it_counts_for_the_update_with_the_plan_that_was_shown_and_is_used_up_by_it() {
        preApprove("dave");
        Update end = world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(end.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(end.gate().votes()).extracting(Vote::userId, Vote::inAdvance)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("dave", true));
        assertThat(world.deployer().records().gates().preApprovals("CHURN", "prod")).isEmpty();
        assertThat(world.lines()).as("the log has it from here alone").filteredOn(line -> line.contains("approved by")).singleElement()
                .asString().matches("gate: approved by dave at 20.*Z, in advance: as planned");
    }

    /** What a controller that is killed after it has asked leaves: the vote, and the approval as if it had not been used. */
    private Update askedAndStopped(PreApproval given) {
        Update update = gated.ask();
        assertThat(gated.request(update.number()).votes()).extracting(Vote::at).containsExactly(given.at());
        world.deployer().records().gates().add(given);
        return update;
    }

    private List<PreApproval> unused() {
        return world.deployer().records().gates().preApprovals("CHURN", "prod");
    }

    private PreApproval preApproveForTwo() {
        world.gate("Production", World.approvals(2, RELEASE));
        return preApprove("dave");
    }

    @Test
    void one_that_a_controller_used_and_did_not_take_away_is_taken_away_at_its_next_start() {
        PreApproval given = preApproveForTwo();
        Update update = askedAndStopped(given);
        PreApproval newer = new PreApproval("newer", given.userId(), null, given.at().plusSeconds(1), given.until().plusSeconds(1),
                given.project(), given.infrastructure(), given.bundle(), given.digest());
        world.deployer().records().gates().add(newer);
        world.restart();

        await().untilAsserted(() -> assertThat(unused()).as("not the newer one").containsExactly(newer));
        assertThat(gated.request(update.number()).votes()).hasSize(1);
    }

    @Test
    void one_that_is_a_vote_of_one_update_is_none_of_another() {
        Update one = gated.update(askedAndStopped(preApproveForTwo()).number());
        Update another = new Update(one.number() + 1, one.request(), one.deploymentId(), one.submittedAt(), one.status(), one.phase(),
                one.bundleId(), one.bundleSha256(), one.plan(), null, null, null, null, null, null, null, null);
        Gatekeeper gatekeeper = gatekeeper(world.deployer().records());

        assertThat(gatekeeper.requestFor(one).votes()).hasSize(1);
        assertThat(gatekeeper.requestFor(another).votes()).isEmpty();
    }

    @Test
    void one_that_is_taken_back_while_an_update_uses_it_fails_nothing() {
        PreApproval given = preApproveForTwo();
        Update update = askedAndStopped(given);
        GateRecords gates = world.deployer().records().gates();
        GateRecords takenBack = with(GateRecords.class, gates, "preApprovals", before -> {
            gates.endPreApproval(given.id(), "taken back", "dave");
            return before;
        });

        gatekeeper(with(Records.class, world.deployer().records(), "gates", before -> takenBack)).useUp(gated.request(update.number()));

        assertThat(unused()).isEmpty();
    }

    /** The same records, where this method answers otherwise. */
    private static <T> T with(Class<T> type, T records, String name, UnaryOperator<Object> otherwise) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                Object answer = method.invoke(records, arguments);
                return method.getName().equals(name) ? otherwise.apply(answer) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private Gatekeeper gatekeeper(Records records) {
        return new Gatekeeper(world::configuration, world.people(), records, new Editors(records.gates(), world.clock()),
                (deployment, asked) -> Optional.empty(), world.clock());
    }

    @Test
    void it_outlives_a_restart() {
        preApprove("dave");
        world.restart();

        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void it_does_not_count_for_other_parameters_another_bundle_or_other_hooks() {
        preApprove("dave");
        Update rollback = gated.ask(World.request("CHURN", "v1", "prod").onFailure(OnFailure.ROLLBACK));
        assertThat(gated.request(rollback.number()).votes()).isEmpty();
        world.deployer().abort(rollback.request().key(), "alice");
        gated.end(rollback);

        world.publish(BundleZip.of("CHURN", "v2"));
        Update other = gated.ask(World.request("CHURN", "v2", "prod"));
        assertThat(gated.request(other.number()).votes()).isEmpty();
        world.deployer().abort(other.request().key(), "alice");
        gated.end(other);

        world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('')")));
        assertThat(gated.request(gated.ask().number()).votes()).isEmpty();
    }

    @Test
    void it_does_not_count_once_the_infrastructure_a_hooks_text_or_what_is_on_the_node_is_another() {
        world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('one')")));
        preApprove("dave");
        assertThat(votes()).as("as it was given").isEqualTo(1);

        preApprove("dave");
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        assertThat(votes()).as("run-as user").isZero();

        preApprove("dave");
        world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('two')")));
        assertThat(votes()).as("text of the hook").isZero();

        preApprove("dave");
        world.publish(BundleZip.of("CHURN", "v2"));
        world.gate("Production", StageGate.OPEN);
        world.deploy(World.request("CHURN", "v2", "prod"));
        world.gate("Production", World.approvals(1, RELEASE));
        assertThat(votes()).as("the node").isZero();
    }

    /** Of an update that is asked for now, and ended in one way or the other. */
    private int votes() {
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        await().until(() -> gated.update(update.number()).status() == UpdateStatus.WAITING || gated.update(update.number()).gate() != null);
        if (gated.update(update.number()).gate() != null) {
            return gated.end(update).gate().votes().size();
        }
        int votes = gated.request(update.number()).votes().size();
        world.deployer().abort(update.request().key(), "alice");
        gated.end(update);
        return votes;
    }

    @Test
    void it_never_counts_for_its_own_author() {
        world.person("alice", false, "data-team", "release");
        preApprove("alice");
        Update update = gated.ask();

        assertThat(world.lines()).anyMatch(line -> line.contains("it has 0 of 1 approval; one does not count: alice asked for the deployment"));
        gated.approve("dave", update);
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void only_approvers_give_it_and_what_was_shown_must_still_be_so() {
        PreApprovals door = world.deployer().preApprovals();
        String digest = door.preview("dave", "CHURN", "v1", "prod").digest();
        world.policies("prod", null, "svc_deploy", "svc_run", null);

        assertThatThrownBy(() -> door.preApprove("dave", "CHURN", "v1", "prod", null, digest)).isInstanceOf(Refused.class)
                .hasMessageContaining("The plan is not the one that you saw any more");
        assertThatThrownBy(() -> door.preview("frank", "CHURN", "v1", "prod")).hasMessageContaining("frank is none of the approvers");
        assertThatThrownBy(() -> door.preview("carol", "CHURN", "v1", "prod")).hasMessageContaining("There is no deployment target");
    }

    @Test
    void it_ends_by_itself_or_is_taken_back() {
        PreApproval given = preApprove("dave");
        PreApprovals door = world.deployer().preApprovals();
        assertThatThrownBy(() -> door.takeBack("erin", given.id())).isInstanceOf(Refused.class);
        door.takeBack("DAVE", given.id());
        assertThat(world.deployer().records().gates().preApprovals("CHURN", "prod")).isEmpty();

        preApprove("dave");
        world.later(Duration.ofDays(8));
        assertThat(gated.ask().status()).isEqualTo(UpdateStatus.WAITING);
    }

    @Test
    void where_whoever_asks_deploys_nothing_can_be_approved_in_advance() {
        world.policies("prod", null, null, null, null);

        assertThatThrownBy(() -> world.deployer().preApprovals().preview("dave", "CHURN", "v1", "prod"))
                .hasMessageContaining("takes a deployAsUser");
    }

    @Test
    void the_preview_shows_no_text_of_a_hook() {
        world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('secret recipe')")));

        PreApprovals.Preview preview = world.deployer().preApprovals().preview("dave", "CHURN", "v1", "prod");
        assertThat(preview.plan().infrastructure().hooks()).singleElement().satisfies(hook -> assertThat(hook.text()).isEmpty());
    }

    @Test
    void who_is_no_approver_is_told_so_before_any_node_is_asked_and_not_what_is_wrong_with_the_plan() {
        world.policies("prod", null, "ghost", null, null);
        int calls = world.node("prod").calls().size();

        assertThatThrownBy(() -> world.deployer().preApprovals().preview("frank", "CHURN", "v1", "prod"))
                .hasMessageContaining("frank is none of the approvers").hasMessageNotContaining("ghost");
        assertThat(world.node("prod").calls()).hasSize(calls);
        assertThatThrownBy(() -> world.deployer().preApprovals().preview("dave", "CHURN", "v1", "prod")).hasMessageContaining("ghost");
    }

    @Test
    void whoever_looks_waits_no_longer_for_all_calls_to_a_slow_node_together_than_one_may_take() {
        NodeTimeouts slow = new NodeTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMinutes(5));
        try (World another = new World(home.resolve("slow")).nodeTimeouts(slow)) {
            new Gated(another, World.approvals(1, RELEASE));
            another.node("prod").faults().on("*", "/*").always(new Fault.Delay(Duration.ofMillis(700)));

            assertThatThrownBy(() -> another.deployer().preApprovals().preview("dave", "CHURN", "v1", "prod"))
                    .hasMessageContaining("The plan has errors").hasMessageContaining("was not waited for");
        }
    }
}
