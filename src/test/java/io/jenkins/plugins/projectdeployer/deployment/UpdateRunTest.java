package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.store.JournalException;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateRunTest {

    private final Update update = Update.submitted(1, World.request("CHURN", "v1", "prod").build(), Instant.EPOCH);
    private final List<UpdateEvent> recorded = new ArrayList<>();
    private boolean full;

    /** A store with a disk that can be full. */
    private final Records records = (Records) Proxy.newProxyInstance(Records.class.getClassLoader(), new Class<?>[] {Records.class},
            (proxy, method, arguments) -> {
                if (full) {
                    throw new JournalException("The disk is full.");
                }
                ((List<?>) arguments[1]).forEach(event -> recorded.add((UpdateEvent) event));
                return update;
            });

    private final UpdateRun run = new UpdateRun(update, records, new Followers(), Barrier.NONE, () -> {});

    @Test
    void how_a_hook_ended_is_not_lost_to_a_full_disk() {
        UpdateEvent.RunEnded ended = new UpdateEvent.RunEnded(Update.RunKind.PRE_HOOK, "ticket", "SUCCESS", "opened", null, null);
        full = true;
        assertThatThrownBy(() -> run.recordOnce(ended)).isInstanceOf(JournalException.class);
        full = false;

        assertThat(run.recordKept(Update.RunKind.PRE_HOOK, "other")).isFalse();
        assertThat(run.recordKept(Update.RunKind.PRE_HOOK, "ticket")).isTrue();
        assertThat(recorded).containsExactly(ended);
        assertThat(run.recordKept(Update.RunKind.PRE_HOOK, "ticket")).as("recorded once").isFalse();
    }

    @Test
    void what_a_phase_concludes_is_written_with_what_comes_next_and_once() {
        UpdateEvent known = new UpdateEvent.BundleKnown("v1", "0".repeat(64));
        UpdateEvent said = new UpdateEvent.Said(Message.info("CODE", "said"));
        run.conclude(known);
        assertThat(recorded).isEmpty();
        run.record(said);
        run.record(said);

        assertThat(recorded).containsExactly(known, said, said);
    }

    @Test
    void what_could_not_be_written_is_concluded_anew_when_the_phase_is_begun_again() {
        UpdateEvent known = new UpdateEvent.BundleKnown("v1", "0".repeat(64));
        full = true;
        run.conclude(known);
        assertThatThrownBy(() -> run.pass(Phase.FETCH, Update.Outcome.DONE)).isInstanceOf(JournalException.class);
        full = false;
        run.begin(Phase.FETCH);
        run.conclude(known);
        run.pass(Phase.FETCH, Update.Outcome.DONE);

        assertThat(recorded).filteredOn(known::equals).hasSize(1);
    }
}
