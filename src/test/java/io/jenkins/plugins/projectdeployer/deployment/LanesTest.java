package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Lanes lanes = new Lanes();
    private final List<Long> woken = new ArrayList<>();

    @Test
    void one_update_at_a_time_holds_a_deployment_and_the_others_follow_in_order() {
        assertThat(enterDeployment(1, "a-on-prod")).isTrue();
        assertThat(enterDeployment(2, "a-on-prod")).isFalse();
        assertThat(enterDeployment(3, "A-on-PROD")).as("ids ignore case").isFalse();
        assertThat(enterDeployment(4, "b-on-prod")).isTrue();
        assertThat(lanes.holder(update(2, "a-on-prod"))).contains(1L);

        lanes.leave(update(1, "a-on-prod"));
        assertThat(woken).containsExactly(2L);
        assertThat(enterDeployment(2, "a-on-prod")).as("it holds what was handed to it").isTrue();

        lanes.leave(update(2, "a-on-prod"));
        assertThat(woken).containsExactly(2L, 3L);
    }

    @Test
    void an_id_that_no_deployment_has_yet_is_a_word_that_others_may_use() {
        assertThat(lanes.enterDeployment(update(1, "new", "CHURN", "prod"), () -> {})).isTrue();
        assertThat(lanes.enterDeployment(update(2, "new", "FRAUD", "prod"), () -> {})).isTrue();
        assertThat(lanes.enterDeployment(update(3, "new", "CHURN", "test"), () -> {})).isTrue();
        assertThat(lanes.enterDeployment(update(4, "NEW", "CHURN", "PROD"), () -> {})).isFalse();
        assertThat(lanes.holder(update(4, "new", "CHURN", "prod"))).contains(1L);
    }

    @Test
    void at_most_four_updates_change_the_nodes_of_one_infrastructure() {
        for (long number = 1; number <= Lanes.WIDTH; number++) {
            assertThat(enterInfrastructure(number)).isTrue();
        }
        assertThat(enterInfrastructure(5)).isFalse();
        assertThat(enterInfrastructure(6)).isFalse();

        lanes.leave(update(5, "5-on-prod"));
        lanes.leave(update(2, "2-on-prod"));
        assertThat(woken).as("5 gave up").containsExactly(6L);
    }

    @Test
    void who_was_announced_goes_first_although_another_ones_thread_comes_before() {
        lanes.announce(queued(1), "a-on-prod");
        lanes.announce(queued(2), "A-on-prod");
        assertThat(enterQueued(2)).as("1 is still on its way").isFalse();
        assertThat(enterQueued(1)).isTrue();
        assertThat(woken).isEmpty();

        lanes.leave(queued(1));
        assertThat(woken).containsExactly(2L);
    }

    @Test
    void who_was_announced_and_is_refused_on_the_way_holds_nobody_up() {
        lanes.announce(queued(1), "a-on-prod");
        assertThat(enterQueued(2)).isFalse();
        lanes.leave(Update.submitted(1, DeployRequest.of("key", "alice", "A", "prod").build(), NOW));

        assertThat(woken).containsExactly(2L);
    }

    @Test
    void who_turns_out_to_be_about_another_deployment_holds_nobody_up() {
        lanes.announce(queued(1), "a-on-prod");
        assertThat(enterQueued(2)).isFalse();
        assertThat(enterDeployment(1, "b-on-prod")).isTrue();

        assertThat(woken).containsExactly(2L);
    }

    @Test
    void who_does_not_wait_in_line_takes_a_free_deployment_whoever_is_on_the_way() {
        lanes.announce(queued(1), "a-on-prod");
        assertThat(enterDeployment(2, "a-on-prod")).isTrue();
        assertThat(enterQueued(1)).isFalse();
    }

    private boolean enterQueued(long number) {
        return lanes.enterDeployment(queued(number), () -> woken.add(number));
    }

    private static Update queued(long number) {
        DeployRequest request = DeployRequest.of("key" + number, "alice", "A", "prod").queue(true).build();
        return Update.submitted(number, request, NOW).after(new UpdateEvent.TargetKnown("a-on-prod"), NOW);
    }

    @Test
    void nobody_barges_past_those_who_wait() {
        enterDeployment(1, "a-on-prod");
        enterDeployment(2, "a-on-prod");
        lanes.leave(update(1, "a-on-prod"));

        assertThat(enterDeployment(3, "a-on-prod")).isFalse();
    }

    private boolean enterDeployment(long number, String deploymentId) {
        return lanes.enterDeployment(update(number, deploymentId), () -> woken.add(number));
    }

    private boolean enterInfrastructure(long number) {
        return lanes.enterInfrastructure(update(number, number + "-on-prod"), () -> woken.add(number));
    }

    private static Update update(long number, String deploymentId) {
        return update(number, deploymentId, "A", "prod");
    }

    private static Update update(long number, String deploymentId, String project, String infrastructure) {
        DeployRequest request = DeployRequest.of("key" + number, "alice", project, infrastructure).build();
        return Update.submitted(number, request, NOW).after(new UpdateEvent.TargetKnown(deploymentId), NOW);
    }
}
