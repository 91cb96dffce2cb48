package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.OnFailure;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_good_update_passes_every_phase_but_the_roll_back_once() {
        assertThat(way(request(OnFailure.ROLLBACK, false), null, null)).containsExactly(
                Phase.AUTHORIZE, Phase.FETCH, Phase.PLAN, Phase.GATE, Phase.RECHECK, Phase.PRE_HOOKS, Phase.SEND,
                Phase.CONFIGURE, Phase.PRELOAD, Phase.ACTIVATE, Phase.SECURE, Phase.VERIFY, Phase.POST_HOOKS, Phase.REPORT);
    }

    @Test
    void a_dry_run_ends_after_the_plan() {
        assertThat(way(request(OnFailure.STOP, true), null, null))
                .containsExactly(Phase.AUTHORIZE, Phase.FETCH, Phase.PLAN, Phase.REPORT);
    }

    @Test
    void a_failed_pre_hook_touches_nothing_and_runs_no_post_hook() {
        assertThat(way(request(OnFailure.ROLLBACK, false), Phase.PRE_HOOKS, null))
                .endsWith(Phase.PRE_HOOKS, Phase.REPORT)
                .doesNotContain(Phase.SEND);
    }

    @Test
    void post_hooks_hear_of_a_failure_once_something_was_sent() {
        assertThat(way(request(OnFailure.STOP, false), Phase.SEND, null)).endsWith(Phase.SEND, Phase.POST_HOOKS, Phase.REPORT);
    }

    @Test
    void only_what_was_activated_is_rolled_back() {
        assertThat(way(request(OnFailure.ROLLBACK, false), Phase.PRELOAD, null)).doesNotContain(Phase.ROLL_BACK);
        for (Phase failing : List.of(Phase.ACTIVATE, Phase.SECURE, Phase.VERIFY)) {
            assertThat(way(request(OnFailure.ROLLBACK, false), failing, null))
                    .endsWith(failing, Phase.ROLL_BACK, Phase.POST_HOOKS, Phase.REPORT);
            assertThat(way(request(OnFailure.STOP, false), failing, null)).doesNotContain(Phase.ROLL_BACK);
        }
    }

    @Property
    void whatever_fails_or_is_aborted_the_way_ends_with_a_report_and_begins_no_phase_twice(
            @ForAll Optional<Phase> failing, @ForAll Optional<Phase> abortedIn, @ForAll OnFailure onFailure, @ForAll boolean dryRun) {
        List<Phase> way = way(request(onFailure, dryRun), failing.orElse(null), abortedIn.orElse(null));

        assertThat(way).doesNotHaveDuplicates().endsWith(Phase.REPORT);
        assertThat(way).isSorted();
    }

    @Property
    void an_aborted_update_begins_nothing_any_more(@ForAll Phase abortedIn) {
        List<Phase> way = way(request(OnFailure.ROLLBACK, false), null, abortedIn);

        if (way.contains(abortedIn) && abortedIn != Phase.REPORT) {
            assertThat(way).endsWith(abortedIn, Phase.REPORT);
        }
    }

    @Test
    void a_failed_update_is_owed_its_way_back_also_when_the_build_is_gone_by_then() {
        Update update = withWayBack(request(OnFailure.ROLLBACK, false))
                .after(new UpdateEvent.PhaseEnded(Phase.SECURE, Update.Outcome.FAILED), NOW)
                .after(new UpdateEvent.AbortAsked("the controller"), NOW);

        assertThat(Course.next(update)).contains(Phase.ROLL_BACK);
        assertThat(Course.next(update.after(new UpdateEvent.PhaseEnded(Phase.ROLL_BACK, Update.Outcome.DONE), NOW)))
                .contains(Phase.REPORT);
    }

    @Test
    void a_phase_that_the_controller_died_in_is_begun_again() {
        Update update = Update.submitted(1, request(OnFailure.STOP, false), NOW)
                .after(new UpdateEvent.PhaseStarted(Phase.AUTHORIZE), NOW)
                .after(new UpdateEvent.PhaseEnded(Phase.AUTHORIZE, Update.Outcome.DONE), NOW)
                .after(new UpdateEvent.PhaseStarted(Phase.FETCH), NOW);

        assertThat(Course.next(update)).contains(Phase.FETCH);
    }

    /** The phases that are begun when {@code failing} fails and the abort comes in {@code abortedIn}. */
    private static List<Phase> way(DeployRequest request, Phase failing, Phase abortedIn) {
        Update update = withWayBack(request);
        List<Phase> way = new ArrayList<>();
        Optional<Phase> next = Course.next(update);
        while (next.isPresent() && way.size() < 50) {
            Phase phase = next.get();
            way.add(phase);
            update = update.after(new UpdateEvent.PhaseStarted(phase), NOW);
            if (phase == abortedIn) {
                update = update.after(new UpdateEvent.AbortAsked("bob"), NOW);
            }
            Update.Outcome outcome = phase == abortedIn
                    ? Update.Outcome.ABORTED
                    : phase == failing ? Update.Outcome.FAILED : Update.Outcome.DONE;
            update = update.after(new UpdateEvent.PhaseEnded(phase, outcome), NOW);
            if (phase == Phase.REPORT) {
                update = update.after(new UpdateEvent.Ended(UpdateStatus.SUCCESS), NOW);
            }
            next = Course.next(update);
        }
        return way;
    }

    /** What is to be done after a failure stands in the plan: it may be the deployment's own choice. */
    private static Update withWayBack(DeployRequest request) {
        return Update.submitted(1, request, NOW)
                .after(new UpdateEvent.Planned(new Plan(null, false, null, null, null, null, null, null, null, null,
                        request.onFailure(), null, null)), NOW)
                .after(new UpdateEvent.WayBackKnown(new WayBack(null, List.of())), NOW);
    }

    private static DeployRequest request(OnFailure onFailure, boolean dryRun) {
        return DeployRequest.of("key", "alice", "CHURN", "prod").onFailure(onFailure).dryRun(dryRun).build();
    }
}
