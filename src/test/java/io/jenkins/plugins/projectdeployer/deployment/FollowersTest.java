package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private static final Update UPDATE = Update.submitted(1, DeployRequest.of("key", "alice", "CHURN", "dev").build(), Instant.EPOCH);

    @Test
    void who_leaves_is_told_nothing_more_and_the_others_are() {
        Followers followers = new Followers();
        List<String> stays = new ArrayList<>();
        List<String> leaves = new ArrayList<>();
        UpdateListener leaving = to(leaves);
        add(followers, to(stays));
        add(followers, leaving);
        followers.progress(1, "one");

        followers.remove(1, leaving);
        followers.remove(2, leaving);
        followers.progress(1, "two");

        assertThat(stays).containsExactly("one", "two");
        assertThat(leaves).containsExactly("one");
    }

    @Test
    void the_first_to_follow_hears_what_was_said_before_and_nobody_hears_it_twice() {
        Followers followers = new Followers();
        followers.begin(1);
        for (int line = 1; line <= 250; line++) {
            followers.progress(1, "line " + line);
        }
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        add(followers, to(first));
        add(followers, to(second));
        followers.progress(1, "now");

        assertThat(first).hasSize(201).startsWith("line 51").endsWith("line 250", "now");
        assertThat(second).containsExactly("now");
    }

    @Test
    void what_an_update_said_that_ended_before_anybody_followed_is_heard_by_the_first_who_does() {
        Followers followers = new Followers();
        Update update = UPDATE;
        followers.begin(1);
        followers.progress(1, "refused");
        followers.ended(update);
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        add(followers, to(first));
        followers.ended(update);
        add(followers, to(second));
        followers.ended(update);

        assertThat(first).containsExactly("refused", "end");
        assertThat(second).containsExactly("end");
    }

    @Test
    void whoever_comes_at_the_moment_of_the_end_is_told_it_once() throws Exception {
        for (int round = 0; round < 2000; round++) {
            Followers followers = new Followers();
            Update update = UPDATE;
            followers.begin(1);
            followers.progress(1, "said");
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            CyclicBarrier together = new CyclicBarrier(2);
            Thread ending = new Thread(() -> {
                await(together);
                followers.ended(update);
            });
            ending.start();
            await(together);
            add(followers, to(lines));
            // As the engine does with one that has ended.
            followers.ended(update);
            ending.join();
            assertThat(lines).containsExactly("said", "end");
        }
    }

    @Test
    void what_is_said_of_an_update_that_nobody_carries_out_any_more_is_not_kept() {
        Followers followers = new Followers();
        followers.progress(1, "late");
        List<String> lines = new ArrayList<>();
        add(followers, to(lines));

        assertThat(lines).isEmpty();
    }

    @Test
    void nobody_is_told_an_earlier_state_after_a_later_one() throws Exception {
        Followers followers = new Followers();
        followers.begin(1);
        Update later = UPDATE.after(new UpdateEvent.PhaseStarted(Phase.FETCH), Instant.EPOCH);
        List<Phase> phases = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch reads = new CountDownLatch(1);
        Thread engine = new Thread(() -> {
            try {
                reads.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            followers.changed(later);
        });
        engine.start();
        followers.add(1, new UpdateListener() {
            @Override
            public void progress(String line) {
                // Only states matter here.
            }

            @Override
            public void changed(Update update) {
                phases.add(update.phase());
            }

            @Override
            public void ended(Update update) {
                // Only states matter here.
            }
        }, () -> {
            // The engine goes on while somebody who begins to follow has read where it stands.
            reads.countDown();
            Awaitility.await().until(() -> engine.getState() == Thread.State.BLOCKED || !engine.isAlive());
            return UPDATE;
        });
        engine.join();

        assertThat(phases).containsExactly(null, Phase.FETCH);
    }

    private static void add(Followers followers, UpdateListener listener) {
        followers.add(1, listener, () -> UPDATE);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UpdateListener to(List<String> lines) {
        return new UpdateListener() {
            @Override
            public void progress(String line) {
                lines.add(line);
            }

            @Override
            public void changed(Update update) {
                // Only lines matter here.
            }

            @Override
            public void ended(Update update) {
                lines.add("end");
            }
        };
    }
}
