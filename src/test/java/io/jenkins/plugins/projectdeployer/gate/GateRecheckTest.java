package io.jenkins.plugins.projectdeployer.gate;

import static io.jenkins.plugins.projectdeployer.gate.Gated.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Span;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What let an update wait, or pass, is asked again when the wait ends, and once more right before anything is touched. */
class GateRecheckTest {

    @TempDir
    Path home;

    private final List<GateNews> told = new CopyOnWriteArrayList<>();
    private World world;
    private Gated gated;

    private void open(StageGate gate) {
        world = new World(home).notifier(told::add);
        gated = new Gated(world, gate);
    }

    @AfterEach
    void close() {
        gated.close();
    }

    /** It has begun an hour ago. */
    private static StageGate frozen(int approvals, Duration left) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        return new StageGate(approvals, approvals == 0 ? List.of() : List.of(RELEASE), null, null, null, null, null,
                List.of(new Freeze("calm", now.minusHours(1), now.plus(left), null, null, null, null)), null);
    }

    private static StageGate promoted(int approvals, String after) {
        return new StageGate(approvals, approvals == 0 ? List.of() : List.of(RELEASE), null, null, "Test", Span.of(after), null, null, null);
    }

    private static StageGate limited(String span) {
        return new StageGate(1, List.of(RELEASE), null, Span.of(span), null, null, null, null, null);
    }

    private void rightBeforeTheFirstTouch(Runnable somebodyElse) {
        world.barrier(place -> {
            if (place.equals("before RECHECK")) {
                somebodyElse.run();
            }
        });
    }

    private void wasOnTest() {
        world.infrastructure("test", "Test");
        assertThat(world.deploy(World.request("CHURN", "v1", "test")).status()).isEqualTo(UpdateStatus.SUCCESS);
        world.later(Duration.ofMinutes(5));
    }

    private String refused(Update end, String code) {
        assertThat(end.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(gated.touched()).isFalse();
        assertThat(end.messages()).extracting(Message::code).containsExactly(code);
        return end.messages().get(0).text();
    }

    @Test
    void a_freeze_that_has_begun_while_approvals_were_missing_holds_what_is_approved() {
        open(World.approvals(1, RELEASE));
        Update update = gated.ask();
        world.gate("Production", frozen(1, Duration.ofHours(1)));
        gated.approve("dave", update);
        // Whoever follows it hears what it waits for.
        CompletableFuture<Update> end = CompletableFuture.supplyAsync(() -> gated.end(update));
        Awaitility.await().until(() -> world.lines().stream().anyMatch(line -> line.startsWith("gate: waits: freeze calm lasts until ")));
        assertThat(gated.touched()).isFalse();
        world.later(Duration.ofHours(2));
        world.deployer().buildEnded(update.number());

        assertThat(end.join().status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_freeze_that_begins_right_before_the_first_touch_ends_the_update() {
        open(World.approvals(1, RELEASE));
        rightBeforeTheFirstTouch(() -> world.gate("Production", frozen(1, Duration.ofHours(1))));
        Update update = gated.ask();
        gated.approve("dave", update);

        assertThat(refused(gated.end(update), "GATE_CHANGED")).startsWith("Freeze calm has begun and lasts until ").endsWith("; deploy again after it.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_folder_that_is_narrowed_meanwhile_holds_what_its_job_has_asked_for(boolean rightBeforeTheFirstTouch) {
        open(World.approvals(1, RELEASE));
        Runnable narrow = () -> world.readable("team/deploy", new FolderRules(List.of(new FolderRules.Rule("team", List.of("test"), null))));
        Update update = gated.ask(World.request("CHURN", "v1", "prod").origin(new DeployRequest.Origin(null, "team/deploy", null)));
        if (rightBeforeTheFirstTouch) {
            rightBeforeTheFirstTouch(narrow);
        } else {
            narrow.run();
        }
        gated.approve("dave", update);

        assertThat(refused(gated.end(update), "FORBIDDEN")).startsWith("A folder around the job that asks does not let it deploy to infrastructure \"prod\".");
    }

    @Test
    void a_promotion_rule_that_asks_for_more_by_the_end_of_the_wait_holds() {
        open(promoted(1, null));
        wasOnTest();
        Update update = gated.ask();
        world.gate("Production", promoted(1, "30d"));
        world.deployer().configurationSaved("admin");

        assertThat(refused(gated.end(update), "NOT_PROMOTED")).contains("have been active for 30 d").contains("it was active for 5 min");
    }

    @Test
    void a_promotion_rule_that_asks_for_more_right_before_the_first_touch_holds_where_nobody_was_asked() {
        open(promoted(0, null));
        wasOnTest();
        rightBeforeTheFirstTouch(() -> world.gate("Production", promoted(0, "30d")));

        assertThat(refused(world.deploy(World.request("CHURN", "v1", "prod")), "GATE_CHANGED"))
                .startsWith("Bundle v1 may not come to stage Production yet").contains("it was active for 5 min");
    }

    @Test
    void glass_serves_until_its_time_is_over_and_not_for_what_has_not_begun_by_then() {
        open(World.approvals(1, RELEASE));
        world.breaksGlass("dave");
        Update update = gated.ask();
        rightBeforeTheFirstTouch(() -> world.later(Duration.ofMinutes(2)));
        world.deployer().emergencies().breakGlass("dave", "CHURN", "prod", Duration.ofMinutes(1), "fire");
        Update end = gated.end(update);

        assertThat(end.status()).isEqualTo(UpdateStatus.FAILED);
        assertThat(end.messages()).extracting(Message::code).containsExactlyInAnyOrder("BROKEN_GLASS", "GATE_CHANGED");
        assertThat(end.messages()).anyMatch(message -> message.text().startsWith("The time for which the glass was broken ended at "));
        assertThat(gated.touched()).isFalse();
    }

    @Test
    void a_time_limit_counts_on_after_a_restart() {
        open(limited("1h"));
        Update update = gated.ask();
        world.later(Duration.ofHours(2)).restart();

        assertThat(refused(gated.end(update), "GATE_TIME_LIMIT")).contains("(1 h) has passed");
    }

    @Test
    void a_freeze_ends_for_what_waits_after_a_restart_too() {
        open(frozen(0, Duration.ofHours(1)));
        Update update = gated.ask();
        world.later(Duration.ofHours(2)).restart();

        assertThat(gated.end(update).status()).isEqualTo(UpdateStatus.SUCCESS);
    }

    @Test
    void a_plan_with_an_error_asks_nobody_and_neither_does_who_may_not_deploy() {
        open(World.approvals(1, RELEASE, Principal.ofUser("frank")));
        world.policies("prod", null, "svc_deploy", "ghost", null);
        Update bad = world.deploy(World.request("CHURN", "v1", "prod"));
        world.policies("prod", null, "svc_deploy", null, null).person("alice", false, "release");
        Update forbidden = world.deploy(World.request("CHURN", "v1", "prod"));

        assertThat(List.of(bad, forbidden)).extracting(Update::status).containsOnly(UpdateStatus.FAILED);
        assertThat(bad.messages()).anyMatch(message -> message.text().contains("ghost"));
        assertThat(world.deployer().records().gates().requestsAfter(0)).isEmpty();
        assertThat(told).isEmpty();
    }
}
