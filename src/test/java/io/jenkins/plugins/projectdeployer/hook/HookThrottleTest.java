package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.hook.HookThrottle.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookThrottleTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ExecutorService callbacks = Executors.newFixedThreadPool(4);
    private HookThrottle throttle;

    @AfterEach
    void close() {
        if (throttle != null) {
            throttle.close();
        }
        callbacks.shutdown();
    }

    private void open(int permits, Duration pre, Duration post) {
        throttle = new HookThrottle(new Settings(permits, pre, post), callbacks);
    }

    private static HookTicket ticket(int number) {
        return new HookTicket("P" + number + " on prod by alice", number, HookPhase.PRE);
    }

    private CompletableFuture<HookLease> take(int number) {
        return throttle.take(ticket(number));
    }

    private List<Long> waiting() {
        return throttle.snapshot().waiters().stream().map(w -> w.ticket().update()).toList();
    }

    private List<Long> holding() {
        return throttle.snapshot().holders().stream().map(h -> h.ticket().update()).toList();
    }

    @Test
    void the_defaults_are_three_slots_ten_seconds_and_sixty() {
        assertThat(Settings.DEFAULT).isEqualTo(new Settings(3, Duration.ofSeconds(10), Duration.ofSeconds(60)));
        assertThat(Settings.of(HookLimits.DEFAULT)).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void a_free_slot_is_given_at_once_and_the_fourth_waits() {
        open(3, LONG, LONG);
        List<CompletableFuture<HookLease>> taken = IntStream.rangeClosed(1, 4).mapToObj(this::take).toList();
        assertThat(taken.subList(0, 3)).allMatch(CompletableFuture::isDone);
        assertThat(taken.get(3)).isNotDone();
        assertThat(holding()).containsExactly(1L, 2L, 3L);
        assertThat(waiting()).containsExactly(4L);
    }

    @Test
    void a_slot_goes_to_whoever_waits_longest_even_when_others_come_at_that_moment() throws Exception {
        open(1, LONG, LONG);
        HookLease first = take(1).get();
        CompletableFuture<HookLease> second = take(2);
        CompletableFuture<HookLease> third = take(3);
        first.close();
        CompletableFuture<HookLease> late = take(4);
        assertThat(second.get(5, TimeUnit.SECONDS).ticket().update()).isEqualTo(2);
        assertThat(third).isNotDone();
        assertThat(late).isNotDone();
        assertThat(waiting()).containsExactly(3L, 4L);
    }

    @Test
    void closing_a_lease_twice_gives_one_slot_back() throws Exception {
        open(1, LONG, LONG);
        HookLease first = take(1).get();
        CompletableFuture<HookLease> second = take(2);
        CompletableFuture<HookLease> third = take(3);
        first.close();
        first.close();
        second.get(5, TimeUnit.SECONDS);
        assertThat(holding()).containsExactly(2L);
        assertThat(third).isNotDone();
    }

    @Test
    void a_starved_hook_is_refused_and_told_who_holds_the_slots() {
        open(2, Duration.ofMillis(30), LONG);
        take(7);
        throttle.take(new HookTicket("CHURN on prod by bob", 8, HookPhase.POST));
        assertThatThrownBy(() -> take(9).get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(NoHookSlot.class, e -> {
                    assertThat(e.ticket()).isEqualTo(ticket(9));
                    assertThat(e.holders()).extracting(HookTicket::update).containsExactly(7L, 8L);
                })
                .hasMessage("No hook slot within 30 ms for update 9, pre-deployment: P9 on prod by alice."
                        + " All 2 are taken, held by hooks of update 7, 8."
                        + " Run the update again when one has ended, or have an administrator allow more hooks at once.");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void the_phase_decides_how_long_a_hook_waits() throws Exception {
        open(1, Duration.ZERO, LONG);
        HookLease held = take(1).get();
        CompletableFuture<HookLease> post = throttle.take(new HookTicket("P", 2, HookPhase.POST));
        CompletableFuture<HookLease> pre = take(3);
        assertThatThrownBy(() -> pre.get(30, TimeUnit.SECONDS)).cause().isInstanceOf(NoHookSlot.class);
        assertThat(post).isNotDone();
        held.close();
        assertThat(post.get(5, TimeUnit.SECONDS).ticket().update()).isEqualTo(2);
    }

    @Test
    void waiters_are_visible_with_their_deadline() {
        open(1, Duration.ofSeconds(100), Duration.ofSeconds(200));
        take(1);
        take(2);
        throttle.take(new HookTicket("P", 3, HookPhase.POST));
        assertThat(throttle.snapshot().waiters())
                .extracting(w -> Duration.between(w.since(), w.deadline()))
                .containsExactly(Duration.ofSeconds(100), Duration.ofSeconds(200));
    }

    @Test
    void a_cancelled_waiter_leaves_the_queue_and_takes_no_slot() throws Exception {
        open(1, LONG, LONG);
        HookLease first = take(1).get();
        CompletableFuture<HookLease> second = take(2);
        CompletableFuture<HookLease> third = take(3);
        second.cancel(false);
        assertThat(waiting()).containsExactly(3L);
        first.close();
        assertThat(third.get(5, TimeUnit.SECONDS).ticket().update()).isEqualTo(3);
    }

    @Test
    void more_slots_serve_those_who_wait_and_fewer_take_none_away() throws Exception {
        open(1, LONG, LONG);
        HookLease first = take(1).get();
        List<CompletableFuture<HookLease>> later = IntStream.rangeClosed(2, 4).mapToObj(this::take).toList();
        throttle.configure(new Settings(3, LONG, LONG));
        later.get(0).get(5, TimeUnit.SECONDS);
        later.get(1).get(5, TimeUnit.SECONDS);
        assertThat(holding()).containsExactly(1L, 2L, 3L);
        throttle.configure(new Settings(1, LONG, LONG));
        first.close();
        later.get(0).get().close();
        assertThat(later.get(2)).isNotDone();
        later.get(1).get().close();
        assertThat(later.get(2).get(5, TimeUnit.SECONDS).ticket().update()).isEqualTo(4);
    }

    @Test
    void a_thousand_waiters_are_served_in_the_order_they_came_and_need_no_thread() throws Exception {
        open(1, LONG, LONG);
        HookLease gate = take(0).get();
        int threads = Thread.activeCount();
        List<Long> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch served = new CountDownLatch(1000);
        for (int i = 1; i <= 1000; i++) {
            take(i).thenAccept(lease -> {
                order.add(lease.ticket().update());
                lease.close();
                served.countDown();
            });
        }
        assertThat(Thread.activeCount() - threads).isLessThan(10);
        gate.close();
        assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(order).isSorted().hasSize(1000);
    }

    @Test
    void never_more_than_three_hold_and_none_is_lost_when_takes_cancels_and_deadlines_race() throws Exception {
        open(3, Duration.ofMillis(5), Duration.ofMillis(5));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int takes = 8000;
        CountDownLatch ended = new CountDownLatch(takes);
        ExecutorService drivers = Executors.newFixedThreadPool(4);
        for (int t = 0; t < 4; t++) {
            int from = t * takes / 4;
            drivers.execute(() -> {
                for (int i = from; i < from + takes / 4; i++) {
                    CompletableFuture<HookLease> slot = take(i);
                    slot.whenComplete((lease, error) -> {
                        if (lease != null) {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            Thread.yield();
                            now.decrementAndGet();
                            lease.close();
                        }
                        ended.countDown();
                    });
                    if (i % 7 == 0) {
                        slot.cancel(false);
                    }
                }
            });
        }
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        drivers.shutdown();
        assertThat(most).hasValueBetween(1, 3);
        Awaitility.await().untilAsserted(() -> {
            assertThat(holding()).isEmpty();
            assertThat(waiting()).isEmpty();
        });
    }

    @Test
    void closing_refuses_those_who_wait() throws Exception {
        open(1, LONG, LONG);
        HookLease held = take(1).get();
        CompletableFuture<HookLease> second = take(2);
        throttle.close();
        assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS)).cause().isInstanceOf(IllegalStateException.class);
        held.close();
        assertThat(holding()).isEmpty();
    }

    /** Against a plain model: who holds and who waits, after any history of takes, returns, cancels and new numbers. */
    @Property(tries = 300)
    void any_history_leaves_the_first_that_came_in_front(@ForAll @Size(max = 60) List<@IntRange(max = 999) Integer> acts)
            throws Exception {
        try (HookThrottle made = new HookThrottle(new Settings(3, LONG, LONG), Runnable::run)) {
            List<CompletableFuture<HookLease>> holding = new ArrayList<>();
            List<CompletableFuture<HookLease>> waiting = new ArrayList<>();
            int permits = 3;
            int number = 0;
            for (int act : acts) {
                int which = act / 10;
                switch (act % 10) {
                    case 0, 1, 2, 3, 4 -> waiting.add(made.take(ticket(number++)));
                    case 5, 6, 7 -> {
                        if (!holding.isEmpty()) {
                            holding.remove(which % holding.size()).get().close();
                        }
                    }
                    case 8 -> {
                        if (!waiting.isEmpty()) {
                            waiting.remove(which % waiting.size()).cancel(false);
                        }
                    }
                    default -> {
                        permits = 1 + which % 5;
                        made.configure(new Settings(permits, LONG, LONG));
                    }
                }
                while (holding.size() < permits && !waiting.isEmpty()) {
                    holding.add(waiting.remove(0));
                }
                assertThat(holding).allMatch(CompletableFuture::isDone);
                assertThat(waiting).noneMatch(CompletableFuture::isDone);
                HookThrottle.Snapshot seen = made.snapshot();
                assertThat(seen.holders()).hasSameSizeAs(holding);
                assertThat(seen.waiters()).hasSameSizeAs(waiting);
                assertThat(seen.waiters()).extracting(w -> w.ticket().update()).isSorted();
            }
        }
    }
}
