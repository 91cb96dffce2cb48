package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of the release group have to agree before anything goes to production. */
class ApprovalTest {

    @TempDir
    Path home;

    private World world;
    private Gated gated;

    @BeforeEach
    void open() {
        world = new World(home);
        gated = new Gated(world, World.approvals(2, RELEASE));
    }

    @AfterEach
    void close() {
        gated.close();
    }

    @Test
    void an_update_waits_for_its_approvals_and_goes_on_with_them() {
        Update update = gated.ask();
        assertThat(gated.touched()).isFalse();

        gated.approve("dave", update);
        assertThat(gated.waits(update.number()).phase()).isEqualTo(Phase.GATE);
        gated.approve("erin", update);
        Update end = gated.end(update);

        assertThat(end.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(end.gate().votes()).extracting(Vote::userId).containsExactly("dave", "erin");
        assertThat(end.gate().lines()).as("the report").hasSize(2)
                .allMatch(line -> line.matches("approved by (dave|erin) at \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ: looks good"));
        assertThat(world.deployer().records().gates().request(update.number())).as("used up").isEmpty();
    }

    @Test
    void the_log_says_who_may_decide_who_did_and_why() {
        Update update = gated.ask();
        gated.approvals().approve("dave", update.number(), "tests are green", new Approvals.Seen(1, null));
        gated.approve("erin", update);
        gated.end(update);

        assertThat(world.lines()).filteredOn(line -> line.contains("approved by")).as("each once, with when and why")
                .hasSize(2)
                .anyMatch(line -> line.matches("gate: approved by dave at 20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ: tests are green \\(1 of 2\\)"))
                .anyMatch(line -> line.matches("gate: approved by erin at 20.*Z: looks good \\(2 of 2\\)"));
        assertThat(world.lines()).contains("gate: the update goes on").anyMatch(line -> line.equals("gate: stage Production asks for 2 of: group release; not alice, who asked"))
                .anyMatch(line -> line.startsWith("gate: waits: it has 0 of 2 approvals"));
    }

    @Test
    void the_log_of_an_update_that_waits_says_where_they_decide() {
        world.requestLinks("https://jenkins.example.com/approval/");
        Update update = gated.ask();

        assertThat(world.lines()).contains("gate: they decide at https://jenkins.example.com/approval/" + update.number());
    }

    @Test
    void one_person_counts_once_in_whatever_spelling() {
        Update update = gated.ask();
        gated.approve("dave", update);
        gated.approve("DAVE", update);

        assertThat(gated.request(update.number()).votes()).hasSize(1);
        assertThat(gated.waits(update.number()).status()).isEqualTo(UpdateStatus.WAITING);
    }

    @Test
    void a_rejection_ends_the_update_with_its_reason_and_nothing_was_touched() {
        Update update = gated.ask();
        gated.approve("dave", update);
        gated.approvals().reject("erin", update.number(), "not before the audit", new Approvals.Seen(1, null));
        Update end = gated.end(update);

        assertThat(end.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(end.messages()).extracting(Message::code, Message::text).contains(
                org.assertj.core.groups.Tuple.tuple("GATE_REJECTED", "erin has rejected the deployment: not before the audit"));
        assertThat(gated.touched()).isFalse();
    }

    @Test
    void a_rejection_takes_a_reason() {
        Update update = gated.ask();

        assertThatThrownBy(() -> gated.approvals().reject("dave", update.number(), " ", new Approvals.Seen(1, null))).hasMessageContaining("reason is missing");
    }

    @Test
    void a_reason_that_is_too_long_is_refused_wherever_it_is_given() {
        Update update = gated.ask();
        world.breaksGlass("frank").overridesFreezes("frank");
        String longest = "x".repeat(4_000);
        String tooLong = longest + "x";
        Approvals.Seen seen = new Approvals.Seen(1, null);

        for (ThrowingCallable given : List.<ThrowingCallable>of(
                () -> gated.approvals().approve("dave", update.number(), tooLong, seen),
                () -> gated.approvals().reject("dave", update.number(), tooLong, seen),
                () -> world.deployer().emergencies().overrideFreeze("frank", update.number(), tooLong),
                () -> world.deployer().emergencies().breakGlass("frank", "CHURN", "prod", Duration.ofHours(1), tooLong),
                () -> world.deployer().preApprovals().preApprove("dave", "CHURN", "v1", "prod", tooLong, "any"))) {
            assertThatThrownBy(given).isInstanceOf(Refused.class)
                    .hasMessage("reason has 4,001 characters, and 4,000 at most are recorded: shorten it.");
        }
        assertThat(gated.request(update.number()).votes()).isEmpty();
        assertThat(gated.approvals().approve("dave", update.number(), longest, seen).votes()).hasSize(1);
    }

    @Test
    void whoever_asked_does_not_count_and_neither_do_administrators_nor_anybody_else_who_is_not_named() {
        world.person("alice", false, "data-team", "release").person("admin", true);
        Update update = gated.ask();

        assertThatThrownBy(() -> gated.approve("alice", update)).hasMessage(
                "You cannot decide on update " + update.number() + ": alice asked for the deployment.");
        assertThatThrownBy(() -> gated.approve("admin", update)).hasMessageContaining("admin is none of the approvers: group release");
        assertThatThrownBy(() -> gated.approve("ALICE", update)).isInstanceOf(Refused.class);
    }

    @Test
    void to_whom_the_infrastructure_is_hidden_the_request_is_not_there() {
        Update update = gated.ask();

        assertThatThrownBy(() -> gated.approve("carol", update)).isInstanceOf(Refused.class)
                .hasMessage("There is no request \"" + update.number() + "\", or you may not see it.");
        assertThatThrownBy(() -> gated.approvals().request(world.people().person("carol"), update.number()))
                .hasMessage("There is no request \"" + update.number() + "\", or you may not see it.");
        assertThatThrownBy(() -> gated.approvals().request(world.people().person("carol"), 4711))
                .hasMessage("There is no request \"4711\", or you may not see it.");
        assertThat(gated.approvals().waitingFor(world.people().person("carol"), 0, 10).requests()).isEmpty();
    }

    @Test
    void the_list_shows_what_somebody_can_decide_on_until_they_have() {
        Update update = gated.ask();

        assertThat(gated.approvals().waitingFor(world.people().person("dave"), 0, 10).requests()).extracting(ApprovalRequest::update).containsExactly(update.number());
        assertThat(gated.approvals().waitingFor(world.people().person("frank"), 0, 10).requests()).as("sees it, decides nothing").isEmpty();
        assertThat(gated.approvals().waitingFor(world.people().person("alice"), 0, 10).requests()).isEmpty();
        gated.approve("dave", update);
        assertThat(gated.approvals().waitingFor(world.people().person("dave"), 0, 10).requests()).isEmpty();
        assertThat(gated.approvals().countFor(world.people().person("erin"), 100)).isEqualTo(1);
    }

    @Test
    void a_request_shows_plan_differences_way_back_and_who_cannot_decide_why() {
        Update update = gated.ask();
        RequestView forDave = gated.approvals().request(world.people().person("dave"), update.number());
        RequestView forFrank = gated.approvals().request(world.people().person("frank"), update.number());

        assertThat(forDave.objection()).isNull();
        assertThat(forFrank.objection()).isEqualTo("is none of the approvers: group release");
        assertThat(forDave.plan().deployment().bundleId()).isEqualTo("v1");
        assertThat(forDave.differences()).extracting(PlanDifference::what).contains("bundle", "permissions", "deploying user");
        assertThat(forDave.wayBack()).contains("scenarios off");
        assertThat(forDave.digest()).hasSize(64);
    }

    @Test
    void a_request_shows_what_changes_against_what_was_deployed_last_however_often_it_was_planned_since() {
        world.gate("Production", StageGate.OPEN);
        world.deploy(World.request("CHURN", "v1", "prod"));
        Gated.planned(world, "prod", 51);
        world.gate("Production", World.approvals(2, RELEASE));
        world.publish(BundleZip.of("CHURN", "v2"));
        Update update = gated.ask(World.request("CHURN", "v2", "prod"));

        assertThat(gated.approvals().request(world.people().person("dave"), update.number()).differences())
                .extracting(PlanDifference::what, PlanDifference::before).contains(org.assertj.core.groups.Tuple.tuple("bundle", "v1"))
                .extracting(difference -> difference.toList().get(0)).containsOnly("bundle", "bundle SHA-256");
    }

    @Test
    void what_was_rolled_back_is_not_what_was_deployed_last() {
        world.gate("Production", StageGate.OPEN);
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.publish(BundleZip.of("CHURN", "v2"));
        Update back = world.deploy(World.request("CHURN", "v2", "prod").testScenarios(List.of("NOT_THERE")).onFailure(OnFailure.ROLLBACK));
        assertThat(back.status()).as("%s", back.messages()).isEqualTo(UpdateStatus.ROLLED_BACK);
        world.gate("Production", World.approvals(2, RELEASE));
        Update update = gated.ask(World.request("CHURN", "v2", "prod"));

        assertThat(gated.approvals().request(world.people().person("dave"), update.number()).differences())
                .extracting(PlanDifference::what, PlanDifference::before, PlanDifference::after)
                .contains(org.assertj.core.groups.Tuple.tuple("bundle", "v1", "v2"));
    }

    @Test
    void an_approver_who_has_left_the_group_while_waiting_counts_no_longer() {
        Update update = gated.ask();
        gated.approve("dave", update);
        world.person("dave", false, "elsewhere");
        gated.approve("erin", update);

        gated.waits(update.number());
        assertThat(world.lines()).anyMatch(line -> line.contains("it has 1 of 2 approvals; one does not count: dave is none of the approvers"));
        gated.approve("bob", update);
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void while_the_directory_does_not_answer_nothing_is_decided() {
        Update update = gated.ask();
        gated.approve("dave", update);
        world.directoryDown(true);
        assertThatThrownBy(() -> gated.approve("erin", update)).hasMessage("The directory does not answer.");
        world.directoryDown(false);

        gated.approve("erin", update);
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_late_decision_is_told_so_and_a_second_click_is_not() {
        Update update = gated.ask();
        gated.approve("dave", update);
        gated.approvals().reject("erin", update.number(), "no", new Approvals.Seen(1, null));
        gated.end(update);

        assertThatThrownBy(() -> gated.approvals().approve("bob", update.number(), null, new Approvals.Seen(1, null))).isInstanceOf(Refused.class)
                .hasMessage("Update " + update.number() + " has ended as FAILED; your decision comes too late.");
    }

    @Test
    void an_approval_of_what_was_seen_before_a_change_is_refused_and_names_the_change() {
        Update update = gated.ask();
        world.policies("prod", null, "alice", null, null);
        world.deployer().configurationSaved("admin");
        gated.revision(update.number(), 2);

        assertThatThrownBy(() -> gated.approvals().approve("dave", update.number(), null, new Approvals.Seen(1, null))).isInstanceOf(Refused.class)
                .hasMessageContaining("(revision 1) is no longer so: infrastructure, settings, users changed");
        gated.approvals().approve("dave", update.number(), null, new Approvals.Seen(2, null));
    }

    @Test
    void an_update_gives_up_when_its_time_limit_has_passed() {
        world.gate("Production", new StageGate(2, List.of(RELEASE), null, Span.of("1s"), null, null, null, null, null));
        Update update = world.submit(World.request("CHURN", "v1", "prod").build());
        Update end = gated.end(update);

        assertThat(end.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(end.messages()).extracting(Message::code).contains("GATE_TIME_LIMIT");
        assertThat(end.messages().get(0).text()).contains("(1 s) has passed; it has 0 of 2 approvals");
    }

    @Test
    void a_time_limit_that_is_changed_while_an_update_waits_counts_from_when_it_came() {
        Update update = gated.ask();
        assertThat(gated.request(update.number()).deadline()).isNull();

        limit("3d");
        ApprovalRequest second = gated.revision(update.number(), 2);
        assertThat(second.deadline()).isEqualTo(second.requestedAt().plus(Duration.ofDays(3)));

        limit(null);
        assertThat(gated.revision(update.number(), 3).deadline()).isNull();

        limit("1s");
        assertThat(gated.end(update).messages().get(0).text()).contains("(1 s) has passed");
    }

    private void limit(String span) {
        world.gate("Production", new StageGate(2, List.of(RELEASE), null, Span.of(span), null, null, null, null, null));
        world.deployer().configurationSaved("admin");
    }

    @Test
    void an_update_that_waits_can_be_aborted() {
        Update update = gated.ask();
        world.deployer().abort(update.request().key(), "alice");

        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.ABORTED);
        assertThat(gated.approvals().waitingFor(world.people().person("dave"), 0, 10).requests()).isEmpty();
    }

    @Test
    void rights_are_asked_again_when_the_wait_ends() {
        Update update = gated.ask();
        gated.approve("dave", update);
        world.person("alice", false, "elsewhere");
        gated.approve("erin", update);

        Update end = gated.end(update);
        assertThat(end.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(gated.touched()).isFalse();
        assertThat(end.isDone(Phase.GATE)).isFalse();
        assertThat(end.gate()).as("it is refused at the gate, and does not use up its approvals").isNull();
    }

    @Test
    void a_user_may_be_named_beside_groups_and_counts_once() {
        world.gate("Production", World.approvals(2, RELEASE, Principal.ofGroup("security"), Principal.ofUser("Erin")));
        Update update = gated.ask();
        gated.approve("erin", update);
        assertThat(gated.waits(update.number()).status()).isEqualTo(UpdateStatus.WAITING);
        gated.approve("frank", update);

        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_restart_of_the_controller_keeps_what_was_decided_and_goes_on() {
        Update update = gated.ask();
        gated.approve("dave", update);
        world.restart();
        gated.waits(update.number());

        assertThat(gated.request(update.number()).votes()).extracting(Vote::userId).containsExactly("dave");
        gated.approve("erin", update);
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_dry_run_asks_nobody() {
        Update end = world.deploy(World.request("CHURN", "v1", "prod").dryRun(true));

        assertThat(end.status()).isEqualTo(UpdateStatus.PLANNED);
    }

    @Test
    void a_roll_back_passes_the_same_gate() {
        world.gate("Production", StageGate.OPEN);
        world.deploy(World.request("CHURN", "v1", "prod"));
        world.publish(BundleZip.of("CHURN", "v2"));
        Update second = world.deploy(World.request("CHURN", "v2", "prod"));
        world.gate("Production", World.approvals(1, RELEASE));

        Update back = gated.ask(World.request("CHURN", null, "prod").rollBackOf(second.number()));
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v2");
        gated.approve("dave", back);
        gated.end(back);
        assertThat(world.node("prod").state().project("CHURN").activeBundleId()).isEqualTo("v1");
    }

    @Test
    void only_those_in_a_group_count_not_those_whose_group_differs_in_case() {
        world.person("grace", false, "Release");
        world.change("prod", i -> Gated.grants(i, java.util.stream.Stream.concat(i.grants().stream(), java.util.stream.Stream.of(
                io.jenkins.plugins.projectdeployer.model.Grant.toUser("grace", io.jenkins.plugins.projectdeployer.model.InfrastructureRight.READ))).toList()));
        Update update = gated.ask();

        // World's directory compares groups with case.
        assertThatThrownBy(() -> gated.approve("grace", update)).isInstanceOf(Refused.class);
    }
}
