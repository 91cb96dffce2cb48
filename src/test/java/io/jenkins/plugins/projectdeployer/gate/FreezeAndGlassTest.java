package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Freezes, and the two ways past a gate. */
class FreezeAndGlassTest {

    @TempDir
    Path home;

    private World world;
    private Gated gated;

    private void open(StageGate gate) {
        world = new World(home);
        gated = new Gated(world, gate);
    }

    @AfterEach
    void close() {
        gated.close();
    }

    private static StageGate frozen(int approvals, Duration from, Duration to, String... projects) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        return new StageGate(approvals, approvals == 0 ? List.of() : List.of(RELEASE), null, null, null, null, null,
                List.of(new Freeze("year end", now.plus(from), now.plus(to), null, null, null, List.of(projects))), null);
    }

    private static StageGate frozen(int approvals) {
        return frozen(approvals, Duration.ofHours(-1), Duration.ofHours(1));
    }

    @Test
    void an_update_waits_for_the_end_of_a_freeze_and_goes_on_by_itself() {
        open(frozen(0, Duration.ofHours(-1), Duration.ofSeconds(4)));
        Update update = gated.ask();

        assertThat(world.lines()).anyMatch(line -> line.startsWith("gate: waits: freeze year end lasts until "));
        assertThat(gated.touched()).isFalse();
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_freeze_of_other_projects_is_none() {
        open(frozen(0, Duration.ofHours(-1), Duration.ofHours(1), "FRAUD*"));

        assertThat(world.deploy(World.request("CHURN", "v1", "prod")).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void approvals_do_not_end_a_freeze() {
        open(frozen(1));
        Update update = gated.ask();
        gated.approve("dave", update);

        gated.waits(update.number());
        assertThat(gated.touched()).isFalse();
    }

    @Test
    void a_freeze_is_overridden_by_whoever_has_the_right_with_a_reason_and_loudly() {
        open(frozen(1));
        world.overridesFreezes("dave");
        Update update = gated.ask();

        assertThatThrownBy(() -> world.deployer().emergencies().overrideFreeze("erin", update.number(), "hurry"))
                .isInstanceOf(Refused.class).hasMessageContaining("you (erin) need the Jenkins permission to override a freeze");
        assertThatThrownBy(() -> world.deployer().emergencies().overrideFreeze("dave", update.number(), " ")).hasMessageContaining("reason is missing");
        assertThatThrownBy(() -> world.deployer().emergencies().overrideFreeze("carol", update.number(), "x"))
                .hasMessageContaining("There is no request");
        world.deployer().emergencies().overrideFreeze("dave", update.number(), "customers are waiting");
        gated.waits(update.number());
        gated.approve("erin", update);
        Update end = gated.end(update);

        assertThat(end.status()).isEqualTo(UpdateStatus.SUCCESS);
        assertThat(end.gate().override().userId()).isEqualTo("dave");
        assertThat(end.gate().lines()).anyMatch(line -> line.matches("freeze year end overridden by dave at .*: customers are waiting"));
        assertThat(world.lines()).anyMatch(line -> line.startsWith("gate: WARNING Freeze year end is overridden for update"));
    }

    @Test
    void who_overrides_a_freeze_overrides_none_that_begins_later() {
        StageGate gate = frozen(1);
        open(gate);
        world.overridesFreezes("dave");
        Update update = gated.ask();
        world.deployer().emergencies().overrideFreeze("dave", update.number(), "customers are waiting");

        Freeze audit = new Freeze("audit", LocalDateTime.now(ZoneOffset.UTC).plusMinutes(10), LocalDateTime.now(ZoneOffset.UTC).plusHours(3),
                null, null, null, null);
        world.gate("Production", new StageGate(1, List.of(RELEASE), null, null, null, null, null, List.of(gate.freezes().get(0), audit), null));
        world.later(Duration.ofMinutes(20));
        gated.approve("erin", update);
        gated.waits(update.number());
        assertThat(gated.touched()).isFalse();

        world.deployer().emergencies().overrideFreeze("dave", update.number(), "that one, too");
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void there_is_nothing_to_override_without_a_freeze() {
        open(World.approvals(1, RELEASE));
        world.overridesFreezes("dave");
        Update update = gated.ask();

        assertThatThrownBy(() -> world.deployer().emergencies().overrideFreeze("dave", update.number(), "x"))
                .hasMessage("There is no freeze in the way of update " + update.number() + ".");
    }

    @Test
    void broken_glass_lets_a_waiting_update_through_at_once_and_owes_its_approvals() {
        open(frozen(2));
        world.breaksGlass("dave");
        Update update = gated.ask();
        world.deployer().emergencies().breakGlass("dave", "CHURN", "prod", Duration.ofMinutes(30), "production is down");
        Update end = gated.end(update);

        assertThat(end.status()).isEqualTo(UpdateStatus.WARNING);
        assertThat(end.isDeployed()).isTrue();
        assertThat(end.messages()).extracting(Message::code).contains("BROKEN_GLASS");
        assertThat(end.gate().glass().reason()).isEqualTo("production is down");
        assertThat(world.lines()).anyMatch(line -> line.startsWith("gate: WARNING BROKEN GLASS: dave has opened the gate"));
        assertThat(gated.request(update.number()).state()).isEqualTo(ApprovalRequest.State.FOLLOW_UP);

        assertThatThrownBy(() -> gated.approve("dave", update)).hasMessageContaining("dave broke the glass");
        gated.approve("erin", update);
        assertThat(gated.request(update.number()).votes()).hasSize(1);
        gated.approve("bob", update);
        assertThat(world.deployer().records().gates().request(update.number())).as("no longer owed").isEmpty();
    }

    @Test
    void what_is_owed_outlives_a_restart_and_shows_in_the_list() {
        open(World.approvals(1, RELEASE));
        world.breaksGlass("dave");
        world.deployer().emergencies().breakGlass("dave", "CHURN", "prod", Duration.ofMinutes(30), "fire");
        Update end = world.deploy(World.request("CHURN", "v1", "prod"));
        world.restart();

        assertThat(gated.approvals().waitingFor(world.people().person("erin"), 0, 10).requests()).extracting(ApprovalRequest::update).containsExactly(end.number());
        gated.approvals().reject("erin", end.number(), "that was no fire", new Approvals.Seen(1, null));
        assertThat(gated.approvals().waitingFor(world.people().person("erin"), 0, 10).requests()).isEmpty();
    }

    @Test
    void broken_glass_is_a_right_of_its_own_for_a_time_and_for_one_target() {
        open(World.approvals(1, RELEASE));
        world.breaksGlass("dave").breaksGlass("carol");
        Emergencies emergencies = world.deployer().emergencies();

        assertThatThrownBy(() -> emergencies.breakGlass("erin", "CHURN", "prod", Duration.ofHours(1), "x"))
                .hasMessageContaining("need the Jenkins permission to break the glass");
        assertThatThrownBy(() -> emergencies.breakGlass("carol", "CHURN", "prod", Duration.ofHours(1), "x"))
                .hasMessage("There is no deployment target \"CHURN on prod\", or you may not see it.");
        assertThatThrownBy(() -> emergencies.breakGlass("dave", "CHURN", "prod", Duration.ofHours(25), "x"))
                .hasMessage("length 1 d 1 h must be between 1 min and 1 d.");
        assertThatThrownBy(() -> emergencies.breakGlass("dave", "CHURN", "prod", Duration.ofHours(1), null))
                .hasMessageContaining("reason is missing");
        emergencies.breakGlass("dave", "CHURN", "prod", Duration.ofMinutes(1), "x");
        world.later(Duration.ofMinutes(2));
        assertThat(gated.ask().status()).as("the glass is whole again").isEqualTo(UpdateStatus.WAITING);
    }

    @Test
    void broken_glass_passes_the_promotion_rule_too_and_says_so() {
        open(new StageGate(0, null, null, null, "Test", null, null, null, null));
        world.breaksGlass("dave");
        world.deployer().emergencies().breakGlass("dave", "CHURN", "prod", Duration.ofMinutes(30), "hot fix");
        Update end = world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(end.messages()).extracting(Message::code).contains("BROKEN_GLASS");
        assertThat(end.isDeployed()).isTrue();
        assertThat(world.deployer().records().gates().request(end.number())).as("nobody could approve it").isEmpty();
    }

    @Test
    void a_time_limit_ends_a_wait_for_a_freeze_too() {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        open(new StageGate(0, null, null, Span.of("1s"), null, null, null,
                List.of(new Freeze("calm", now.minusHours(1), now.plusHours(1), null, null, null, null)), null));
        Update end = world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(end.messages()).extracting(Message::code).contains("GATE_TIME_LIMIT");
        assertThat(end.messages().get(0).text()).contains("freeze calm lasts until");
    }

    @Test
    void who_has_changed_the_infrastructure_shortly_before_does_not_approve() {
        open(new StageGate(1, List.of(RELEASE, Principal.ofUser("frank")), Span.of("7d"), null, null, null, null, null, null));
        world.later(Duration.ofDays(8));
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        world.deployer().configurationSaved("Dave");
        Update update = gated.ask();

        assertThat(gated.request(update.number()).needed()).isEqualTo(1);
        assertThatThrownBy(() -> gated.approve("dave", update)).hasMessageContaining("dave changed infrastructure prod or its hooks shortly before");
        gated.approve("erin", update);
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void who_has_changed_a_hook_shortly_before_does_not_approve_either() {
        open(new StageGate(1, List.of(RELEASE), Span.of("7d"), null, null, null, null, null, null));
        world.later(Duration.ofDays(8));
        world.hooks("prod", World.hook("tell", HookPhase.POST, World.executing("return HookResult.success('')")));
        world.deployer().configurationSaved("dave");
        Update update = gated.ask();

        assertThatThrownBy(() -> gated.approve("dave", update)).hasMessageContaining("dave changed infrastructure prod or its hooks shortly before");
    }

    @Test
    void a_change_by_nobody_known_takes_one_approver_more() {
        open(new StageGate(1, List.of(RELEASE), Span.of("7d"), null, null, null, null, null, null));
        world.later(Duration.ofDays(8));
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        Update update = gated.ask();

        assertThat(gated.request(update.number()).needed()).isEqualTo(2);
        assertThat(world.lines()).anyMatch(line -> line.contains("one more than usual, since nobody knows who changed the infrastructure"));
        world.later(Duration.ofDays(8));
        gated.approve("dave", update);
        assertThat(gated.waits(update.number()).status()).as("what was asked stays asked").isEqualTo(UpdateStatus.WAITING);
    }

    @Test
    void an_editor_whose_change_was_noticed_before_they_were_named_does_not_approve_either() {
        open(new StageGate(1, List.of(RELEASE), Span.of("7d"), null, null, null, null, null, null));
        world.later(Duration.ofDays(8));
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        Update update = gated.ask();
        world.deployer().configurationSaved("dave");

        assertThatThrownBy(() -> gated.approve("dave", update)).hasMessageContaining("dave changed infrastructure prod");
    }

    @Test
    void long_after_the_last_change_everybody_counts_again() {
        open(new StageGate(1, List.of(RELEASE), Span.of("7d"), null, null, null, null, null, null));
        world.policies("prod", null, "svc_deploy", "svc_run", null);
        world.deployer().configurationSaved("dave");
        world.later(Duration.ofDays(8));
        Update update = gated.ask();

        gated.approve("dave", update);
        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }
}
